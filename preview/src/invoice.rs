//! Electronic invoices in short: UN/CEFACT CII (ZUGFeRD, Factur-X, XRechnung) and UBL.
//!
//! What is shown is what the file says. Nothing is computed, and nothing is missing because it is wrong: amounts that are
//! no numbers and dates that are no days are left out.

use serde::{Deserialize, Serialize};

use crate::xml::{self, Node};

/// Lines that are shown.
const LINES: usize = 200;
/// Characters of a field.
const FIELD: usize = 300;

/// Which of the two it is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Syntax {
    /// UN/CEFACT Cross Industry Invoice.
    #[default]
    Cii,
    /// Universal Business Language.
    Ubl,
}

/// Seller or buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Street, postcode and place, country; each on its own.
    pub address: Vec<String>,
    /// Tax number, as a rule that for VAT.
    pub tax_id: Option<String>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub name: String,
    /// How much of it.
    pub quantity: Option<String>,
    /// Code of the unit (UN/ECE recommendations 20 and 21).
    pub unit: Option<String>,
    /// Net price of one.
    pub price: Option<String>,
    /// Net amount.
    pub net: Option<String>,
}

/// An invoice in short. Amounts are decimal numbers as the file has them, days are `2026-11-22`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Written in.
    pub syntax: Syntax,
    /// A credit note.
    pub credit: bool,
    /// Its number.
    pub number: String,
    /// Day of issue.
    pub issued_on: Option<String>,
    /// To be paid until.
    pub due_on: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// Whose invoice it is.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// The buyer's reference, such as a routing number.
    pub buyer_reference: Option<String>,
    /// The order it answers.
    pub order: Option<String>,
    /// The first lines.
    pub lines: Vec<Line>,
    /// How many there are.
    pub line_count: usize,
    /// Sum without tax.
    pub net: Option<String>,
    /// Tax.
    pub tax: Option<String>,
    /// Sum with tax.
    pub gross: Option<String>,
    /// To be paid.
    pub payable: Option<String>,
    /// What to write on the transfer.
    pub payment_reference: Option<String>,
    /// The account.
    pub iban: Option<String>,
    /// Its bank.
    pub bic: Option<String>,
    /// The terms, in words.
    pub terms: Option<String>,
}

/// Reads an invoice; none where it is not one.
pub fn read(bytes: &[u8]) -> Option<Invoice> {
    // Cheaper than a tree of every text there is.
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    if !head.contains(&b'<') {
        return None;
    }
    let root = xml::parse(bytes)?;
    let invoice = match root.name.as_str() {
        "CrossIndustryInvoice" | "CrossIndustryDocument" => cii(&root),
        "Invoice" | "CreditNote" => ubl(&root),
        _ => return None,
    };
    (!invoice.number.is_empty()).then_some(invoice)
}

impl Invoice {
    /// What can be searched for.
    pub fn words(&self) -> String {
        let mut words = vec![self.number.clone(), self.seller.name.clone(), self.buyer.name.clone()];
        words.extend([&self.buyer_reference, &self.order, &self.payment_reference].into_iter().flatten().cloned());
        words.extend([&self.gross, &self.iban].into_iter().flatten().cloned());
        words.extend(self.lines.iter().map(|line| line.name.clone()));
        words.join("\n")
    }
}

/// One line that can be shown, whatever its references stand for.
fn short(text: String) -> String {
    let text = crate::text::clean(&text, FIELD * 4);
    if text.chars().count() <= FIELD { text } else { text.chars().take(FIELD).chain(['…']).collect() }
}

fn text(node: Option<&Node>, path: &str) -> Option<String> {
    node?.text_at(path).map(short)
}

/// A decimal number, such as `-1234.50`.
fn number(node: Option<&Node>, path: &str) -> Option<String> {
    node?.text_at(path).and_then(decimal)
}

fn decimal(text: String) -> Option<String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (text.len() <= 30 && all_digits(whole) && all_digits(part)).then_some(text)
}

/// `20261122` and `2026-11-22` are both a day.
fn day(text: Option<String>) -> Option<String> {
    let digits: String = text?.chars().filter(|c| *c != '-').take(8).collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let within = ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
    within.then(|| format!("{year}-{month}-{day}"))
}

fn first<'a>(node: &'a Node, names: [&str; 2]) -> Option<&'a Node> {
    names.into_iter().find_map(|name| node.child(name))
}

fn address(parts: [Option<String>; 4]) -> Vec<String> {
    let [street, postcode, city, country] = parts;
    let place = [postcode, city].into_iter().flatten().collect::<Vec<_>>().join(" ");
    [street, Some(place).filter(|place| !place.is_empty()), country].into_iter().flatten().collect()
}

fn cii(root: &Node) -> Invoice {
    let header = first(root, ["ExchangedDocument", "HeaderExchangedDocument"]);
    let trade = first(root, ["SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction"]);
    let part = |names| trade.and_then(|trade| first(trade, names));
    let agreement = part(["ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement"]);
    let settlement = part(["ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement"]);
    let sums = settlement.and_then(|node| {
        let names = ["SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"];
        first(node, names)
    });
    let means = |path: &str| {
        let all = settlement.map(|node| node.all("SpecifiedTradeSettlementPaymentMeans"));
        all.into_iter().flatten().find_map(|means| text(Some(means), path))
    };
    let terms = |path: &str| {
        let all = settlement.map(|node| node.all("SpecifiedTradePaymentTerms"));
        all.into_iter().flatten().find_map(|terms| text(Some(terms), path))
    };
    let lines = || trade.into_iter().flat_map(|trade| trade.all("IncludedSupplyChainTradeLineItem"));
    Invoice {
        syntax: Syntax::Cii,
        credit: text(header, "TypeCode").as_deref() == Some("381"),
        number: text(header, "ID").unwrap_or_default(),
        issued_on: day(text(header, "IssueDateTime/DateTimeString")),
        due_on: day(terms("DueDateDateTime/DateTimeString")),
        currency: text(settlement, "InvoiceCurrencyCode").filter(|code| is_currency(code)),
        seller: cii_party(agreement.and_then(|node| node.child("SellerTradeParty"))),
        buyer: cii_party(agreement.and_then(|node| node.child("BuyerTradeParty"))),
        buyer_reference: text(agreement, "BuyerReference"),
        order: text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID")
            .or_else(|| text(agreement, "BuyerOrderReferencedDocument/ID")),
        lines: lines().take(LINES).map(cii_line).collect(),
        line_count: lines().count(),
        net: number(sums, "TaxBasisTotalAmount"),
        tax: number(sums, "TaxTotalAmount"),
        gross: number(sums, "GrandTotalAmount"),
        payable: number(sums, "DuePayableAmount"),
        payment_reference: text(settlement, "PaymentReference"),
        iban: means("PayeePartyCreditorFinancialAccount/IBANID"),
        bic: means("PayeeSpecifiedCreditorFinancialInstitution/BICID"),
        terms: terms("Description"),
    }
}

fn cii_party(node: Option<&Node>) -> Party {
    let place = node.and_then(|node| node.child("PostalTradeAddress"));
    let tax =
        node.into_iter().flat_map(|node| node.all("SpecifiedTaxRegistration")).filter_map(|node| node.child("ID"));
    // "VA" is the number for VAT, "FC" the one of the tax office.
    let mut tax: Vec<&Node> = tax.collect();
    tax.sort_by_key(|id| id.attribute("schemeID") != Some("VA"));
    Party {
        name: text(node, "Name").unwrap_or_default(),
        address: address(["LineOne", "PostcodeCode", "CityName", "CountryID"].map(|name| text(place, name))),
        tax_id: tax.first().and_then(|id| id.value()).map(short),
    }
}

fn cii_line(node: &Node) -> Line {
    let agreement = first(node, ["SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement"]);
    let delivery = first(node, ["SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery"]);
    let settlement = first(node, ["SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement"]);
    let sum = settlement.and_then(|node| {
        let names = ["SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"];
        first(node, names)
    });
    let quantity = delivery.and_then(|node| node.child("BilledQuantity"));
    Line {
        name: text(node.child("SpecifiedTradeProduct"), "Name").unwrap_or_default(),
        quantity: quantity.and_then(Node::value).and_then(decimal),
        unit: quantity.and_then(|node| node.attribute("unitCode")).map(str::to_owned).map(short),
        price: number(agreement, "NetPriceProductTradePrice/ChargeAmount"),
        net: number(sum, "LineTotalAmount"),
    }
}

fn ubl(root: &Node) -> Invoice {
    let credit = root.name == "CreditNote";
    let (line, quantity) =
        if credit { ("CreditNoteLine", "CreditedQuantity") } else { ("InvoiceLine", "InvoicedQuantity") };
    let party = |name: &str| ubl_party(root.at(name).and_then(|node| node.child("Party")));
    let sums = root.child("LegalMonetaryTotal");
    let means = |path: &str| root.all("PaymentMeans").find_map(|means| text(Some(means), path));
    Invoice {
        syntax: Syntax::Ubl,
        credit: credit || text(Some(root), "InvoiceTypeCode").as_deref() == Some("381"),
        number: text(Some(root), "ID").unwrap_or_default(),
        issued_on: day(text(Some(root), "IssueDate")),
        due_on: day(text(Some(root), "DueDate").or_else(|| means("PaymentDueDate"))),
        currency: text(Some(root), "DocumentCurrencyCode").filter(|code| is_currency(code)),
        seller: party("AccountingSupplierParty"),
        buyer: party("AccountingCustomerParty"),
        buyer_reference: text(Some(root), "BuyerReference"),
        order: text(Some(root), "OrderReference/ID"),
        lines: root.all(line).take(LINES).map(|node| ubl_line(node, quantity)).collect(),
        line_count: root.all(line).count(),
        net: number(sums, "TaxExclusiveAmount"),
        tax: number(root.child("TaxTotal"), "TaxAmount"),
        gross: number(sums, "TaxInclusiveAmount"),
        payable: number(sums, "PayableAmount"),
        payment_reference: means("PaymentID"),
        iban: means("PayeeFinancialAccount/ID"),
        bic: means("PayeeFinancialAccount/FinancialInstitutionBranch/ID"),
        terms: text(Some(root), "PaymentTerms/Note"),
    }
}

fn ubl_party(node: Option<&Node>) -> Party {
    let place = node.and_then(|node| node.child("PostalAddress"));
    Party {
        name: text(node, "PartyLegalEntity/RegistrationName")
            .or_else(|| text(node, "PartyName/Name"))
            .unwrap_or_default(),
        address: address(
            ["StreetName", "PostalZone", "CityName", "Country/IdentificationCode"].map(|path| text(place, path)),
        ),
        tax_id: text(node, "PartyTaxScheme/CompanyID"),
    }
}

fn ubl_line(node: &Node, quantity: &str) -> Line {
    let quantity = node.child(quantity);
    Line {
        name: text(Some(node), "Item/Name").unwrap_or_default(),
        quantity: quantity.and_then(Node::value).and_then(decimal),
        unit: quantity.and_then(|node| node.attribute("unitCode")).map(str::to_owned).map(short),
        price: number(Some(node), "Price/PriceAmount"),
        net: number(Some(node), "LineExtensionAmount"),
    }
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}
