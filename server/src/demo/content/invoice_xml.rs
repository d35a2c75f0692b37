//! The invoice as UBL 2.1 after EN 16931, in the German profile XRechnung 3.0.

use super::company::{BIC, Company, IBAN, NORDLICHT, PHONE};
use super::invoice::{Invoice, Line, Vat};

/// A UBL document being written.
struct Ubl {
    out: String,
    depth: usize,
}

/// The invoice as an XML file.
#[must_use]
pub fn ubl(invoice: &Invoice) -> Vec<u8> {
    let mut xml = Ubl { out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), depth: 1 };
    xml.out.push_str(concat!(
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"",
        " xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\"",
        " xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n"
    ));
    head(&mut xml, invoice);
    xml.group("AccountingSupplierParty", |xml| party(xml, &NORDLICHT, true));
    xml.group("AccountingCustomerParty", |xml| party(xml, &invoice.buyer, false));
    xml.group("Delivery", |xml| {
        xml.leaf("ActualDeliveryDate", &invoice.delivery.to_string());
        xml.group("DeliveryLocation", |xml| xml.group("Address", |xml| address(xml, &invoice.buyer)));
    });
    xml.group("PaymentMeans", |xml| {
        xml.leaf("PaymentMeansCode", "58");
        xml.leaf("PaymentID", &invoice.number);
        xml.group("PayeeFinancialAccount", |xml| {
            xml.leaf("ID", IBAN);
            xml.leaf("Name", NORDLICHT.name);
            xml.group("FinancialInstitutionBranch", |xml| xml.leaf("ID", BIC));
        });
    });
    let terms = format!("Zahlbar bis {} ohne Abzug.", invoice.language.date(invoice.due));
    xml.group("PaymentTerms", |xml| xml.leaf("Note", &terms));
    totals(&mut xml, invoice);
    for (i, entry) in invoice.lines.iter().enumerate() {
        line(&mut xml, invoice, i + 1, entry);
    }
    xml.out.push_str("</Invoice>\n");
    xml.out.into_bytes()
}

fn head(xml: &mut Ubl, invoice: &Invoice) {
    xml.leaf("CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0");
    xml.leaf("ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
    xml.leaf("ID", &invoice.number);
    xml.leaf("IssueDate", &invoice.date.to_string());
    xml.leaf("DueDate", &invoice.due.to_string());
    xml.leaf("InvoiceTypeCode", "380");
    if !invoice.note.is_empty() {
        xml.leaf("Note", &invoice.note);
    }
    xml.leaf("DocumentCurrencyCode", "EUR");
    xml.leaf("BuyerReference", invoice.buyer.number);
    xml.group("OrderReference", |xml| {
        xml.leaf("ID", invoice.reference);
        xml.leaf("SalesOrderID", &invoice.order);
    });
}

fn party(xml: &mut Ubl, company: &Company, seller: bool) {
    xml.group("Party", |xml| {
        xml.with("EndpointID", "schemeID=\"EM\"", company.invoice_mail);
        if !company.number.is_empty() {
            xml.group("PartyIdentification", |xml| xml.leaf("ID", company.number));
        }
        xml.group("PartyName", |xml| xml.leaf("Name", company.name));
        xml.group("PostalAddress", |xml| address(xml, company));
        xml.group("PartyTaxScheme", |xml| {
            xml.leaf("CompanyID", company.vat_id);
            xml.group("TaxScheme", |xml| xml.leaf("ID", "VAT"));
        });
        xml.group("PartyLegalEntity", |xml| {
            xml.leaf("RegistrationName", company.name);
            if seller {
                xml.leaf("CompanyID", "HRB 99418 KI");
            }
        });
        xml.group("Contact", |xml| {
            xml.leaf("Name", company.contact);
            if seller {
                xml.leaf("Telephone", PHONE);
            }
            xml.leaf("ElectronicMail", company.invoice_mail);
        });
    });
}

fn address(xml: &mut Ubl, company: &Company) {
    xml.leaf("StreetName", company.street);
    xml.leaf("CityName", company.city);
    xml.leaf("PostalZone", company.postcode);
    xml.group("Country", |xml| xml.leaf("IdentificationCode", company.country));
}

fn category(xml: &mut Ubl, name: &str, vat: Vat, exempt: bool) {
    xml.group(name, |xml| {
        xml.leaf("ID", vat.code());
        xml.leaf("Percent", &vat.percent().to_string());
        if exempt && vat == Vat::IntraCommunity {
            xml.leaf("TaxExemptionReasonCode", "VATEX-EU-IC");
            xml.leaf("TaxExemptionReason", "Steuerfreie innergemeinschaftliche Lieferung");
        }
        xml.group("TaxScheme", |xml| xml.leaf("ID", "VAT"));
    });
}

fn totals(xml: &mut Ubl, invoice: &Invoice) {
    xml.group("TaxTotal", |xml| {
        xml.money("TaxAmount", invoice.tax());
        xml.group("TaxSubtotal", |xml| {
            xml.money("TaxableAmount", invoice.net());
            xml.money("TaxAmount", invoice.tax());
            category(xml, "TaxCategory", invoice.vat, true);
        });
    });
    xml.group("LegalMonetaryTotal", |xml| {
        xml.money("LineExtensionAmount", invoice.net());
        xml.money("TaxExclusiveAmount", invoice.net());
        xml.money("TaxInclusiveAmount", invoice.gross());
        xml.money("PayableAmount", invoice.gross());
    });
}

fn line(xml: &mut Ubl, invoice: &Invoice, number: usize, line: &Line) {
    xml.group("InvoiceLine", |xml| {
        xml.leaf("ID", &(number * 10).to_string());
        let unit = format!("unitCode=\"{}\"", line.unit.code());
        xml.with("InvoicedQuantity", &unit, &line.quantity.to_string());
        xml.money("LineExtensionAmount", line.net());
        xml.group("Item", |xml| {
            xml.leaf("Name", line.name);
            xml.group("SellersItemIdentification", |xml| xml.leaf("ID", line.article));
            category(xml, "ClassifiedTaxCategory", invoice.vat, false);
        });
        xml.group("Price", |xml| xml.money("PriceAmount", line.price));
    });
}

impl Ubl {
    fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.indent();
        self.out.push_str(&format!("<cac:{name}>\n"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.indent();
        self.out.push_str(&format!("</cac:{name}>\n"));
    }

    fn leaf(&mut self, name: &str, value: &str) {
        self.indent();
        self.out.push_str(&format!("<cbc:{name}>{}</cbc:{name}>\n", escape(value)));
    }

    fn with(&mut self, name: &str, attribute: &str, value: &str) {
        self.indent();
        self.out.push_str(&format!("<cbc:{name} {attribute}>{}</cbc:{name}>\n", escape(value)));
    }

    fn money(&mut self, name: &str, cents: i64) {
        self.with(name, "currencyID=\"EUR\"", &format!("{}.{:02}", cents / 100, cents % 100));
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::invoice::tests::sample;
    use super::*;

    fn text() -> String {
        String::from_utf8(ubl(&sample())).unwrap()
    }

    #[test]
    fn every_element_is_closed_in_order() {
        let mut open = Vec::new();
        for part in text().split('<').skip(2) {
            let tag = part.split('>').next().unwrap();
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
                None => open.push(tag.split(' ').next().unwrap().to_owned()),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn the_amounts_add_up_to_what_is_payable() {
        let text = text();
        let all = |name: &str| -> Vec<i64> {
            let open = format!("<cbc:{name} currencyID=\"EUR\">");
            let values = text.split(&open).skip(1);
            values.map(|rest| rest.split('<').next().unwrap().replace('.', "").parse().unwrap()).collect()
        };
        let nets = all("LineExtensionAmount");
        let sum = nets[0];
        assert_eq!(nets[1..].iter().sum::<i64>(), sum);
        assert_eq!(all("PayableAmount"), [sum + all("TaxAmount")[0]]);
    }

    #[test]
    fn names_are_escaped() {
        assert!(text().contains("<cbc:Name>Rolle &lt;80&gt; &amp; Achse</cbc:Name>"));
    }
}
