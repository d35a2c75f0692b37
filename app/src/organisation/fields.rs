//! The master data of a customer, field by field: what each may hold, and which of them customers may change.

use unicode_normalization::UnicodeNormalization as _;

use crate::access::{Module, Reach};
use crate::ctx::Ctx;
use crate::i18n::Locale;
use crate::team::words::module_key;

/// One field of master data. Whoever writes master data names fields of this list; nothing else can be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name.
    Name,
    /// The operator's customer number.
    Number,
    /// Street and house number.
    Street,
    /// Postcode.
    Postcode,
    /// City.
    City,
    /// Country, ISO 3166-1 alpha-2.
    Country,
    /// Telephone.
    Phone,
    /// Website.
    Website,
    /// VAT identification number.
    VatId,
    /// The language of mails to people who have chosen none.
    Language,
    /// The most that anybody but its administrators sees of a module, as staff decide.
    Limit(Module),
}

/// Countries that have an ISO 3166-1 alpha-2 code.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl Field {
    /// Every field that says who the customer is, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Number,
        Self::Street,
        Self::Postcode,
        Self::City,
        Self::Country,
        Self::Phone,
        Self::Website,
        Self::VatId,
        Self::Language,
    ];

    /// What staff allow the customer at most, in the order of the form.
    pub const LIMITS: [Self; 4] = [
        Self::Limit(Module::Documents),
        Self::Limit(Module::Orders),
        Self::Limit(Module::Money),
        Self::Limit(Module::Tickets),
    ];

    /// What can be released to a customer's administrators at all: the number is the operator's.
    pub const RELEASABLE: [Self; 9] = [
        Self::Name,
        Self::Street,
        Self::Postcode,
        Self::City,
        Self::Country,
        Self::Phone,
        Self::Website,
        Self::VatId,
        Self::Language,
    ];

    /// What is released where nobody decided: where the customer knows better, and no contract depends on it.
    const RELEASED: [Self; 7] =
        [Self::Street, Self::Postcode, Self::City, Self::Country, Self::Phone, Self::Website, Self::Language];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::Country => "country",
            Self::Phone => "phone",
            Self::Website => "website",
            Self::VatId => "vat_id",
            Self::Language => "language",
            Self::Limit(Module::Documents) => "limit_documents",
            Self::Limit(Module::Orders) => "limit_orders",
            Self::Limit(Module::Money) => "limit_money",
            Self::Limit(Module::Tickets) => "limit_tickets",
        }
    }

    /// The field with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain(Self::LIMITS).find(|field| field.name() == name)
    }

    /// The Fluent key of its name on screen.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Name => "customers-field-name",
            Self::Number => "customers-field-number",
            Self::Street => "customers-field-street",
            Self::Postcode => "customers-field-postcode",
            Self::City => "customers-field-city",
            Self::Country => "customers-field-country",
            Self::Phone => "customers-field-phone",
            Self::Website => "customers-field-website",
            Self::VatId => "customers-field-vat-id",
            Self::Language => "customers-field-language",
            Self::Limit(module) => module_key(module),
        }
    }

    /// Most characters.
    pub const fn longest(self) -> usize {
        match self {
            Self::Name | Self::Street | Self::City => 120,
            Self::Website => 200,
            Self::Country | Self::Language => 2,
            Self::Number | Self::Postcode | Self::Phone | Self::VatId | Self::Limit(_) => 40,
        }
    }

    /// The fields of a stored list; names this program does not know are of another version.
    pub fn parse_all(names: &str) -> Vec<Self> {
        names.split_whitespace().filter_map(Self::parse).filter(|field| Self::RELEASABLE.contains(field)).collect()
    }

    /// What a customer's administrators may change: the customer's own list, or the portal's, or the usual.
    pub fn released(own: Option<&str>, portal: Option<&str>) -> Vec<Self> {
        own.or(portal).map_or_else(|| Self::RELEASED.to_vec(), Self::parse_all)
    }

    /// The value as it is stored, or what is wrong with it in the reader's language.
    pub fn check(self, ctx: &Ctx, value: &str) -> Result<String, String> {
        let text: String = value.nfc().filter(|c| !c.is_control()).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > self.longest() {
            return Err(ctx.with("customers-error-long", &[("max", self.longest().into())]));
        }
        let wrong = |key: &'static str| Err(ctx.t(key).to_owned());
        if text.is_empty() {
            return match self {
                Self::Name => wrong("customers-error-name"),
                Self::Number => wrong("customers-error-number"),
                Self::Limit(_) => wrong("team-error-reach"),
                _ => Ok(text),
            };
        }
        match self {
            Self::Country => {
                let code = text.to_ascii_uppercase();
                if COUNTRIES.split(' ').any(|known| known == code) {
                    Ok(code)
                } else {
                    wrong("customers-error-country")
                }
            }
            Self::Phone if !text.chars().all(|c| c.is_ascii_digit() || "+-()/. ".contains(c)) => {
                wrong("customers-error-phone")
            }
            Self::Website => {
                let address = if text.contains("://") { text } else { format!("https://{text}") };
                match url::Url::parse(&address) {
                    Ok(url) if ["http", "https"].contains(&url.scheme()) && url.username().is_empty() => {
                        let host = url.host_str().unwrap_or_default();
                        if host.contains('.') && address.len() <= self.longest() {
                            Ok(address)
                        } else {
                            wrong("customers-error-website")
                        }
                    }
                    _ => wrong("customers-error-website"),
                }
            }
            Self::VatId => {
                let id: String = text.chars().filter(|c| !" .-".contains(*c)).collect::<String>().to_uppercase();
                let plain = id.bytes().all(|b| b.is_ascii_alphanumeric());
                if plain && (4..=20).contains(&id.len()) { Ok(id) } else { wrong("customers-error-vat-id") }
            }
            Self::Language => match Locale::parse(&text) {
                Some(locale) => Ok(locale.tag().to_owned()),
                None => wrong("customers-error-language"),
            },
            Self::Limit(_) => match Reach::parse(&text) {
                Some(reach) => Ok(reach.name().to_owned()),
                None => wrong("team-error-reach"),
            },
            _ => Ok(text),
        }
    }
}

/// The words something is found by: lower case, letters and digits only, each once.
pub fn words(text: &str) -> Vec<String> {
    let lower = text.nfc().collect::<String>().to_lowercase();
    let mut words: Vec<String> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(40);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn released_fields_are_the_customers_own_list_before_the_portals() {
        assert_eq!(Field::released(Some("phone number"), Some("city")), [Field::Phone]);
        assert_eq!(Field::released(None, Some("city")), [Field::City]);
        assert!(Field::released(Some(""), Some("city")).is_empty());
        assert!(!Field::released(None, None).contains(&Field::Number));
        assert!(Field::released(Some("limit_money"), None).is_empty(), "what staff allow at most is theirs to say");
    }

    #[test]
    fn words_are_found_by_their_beginning() {
        assert_eq!(words("ACME-Werke AG, Köln"), ["acme", "ag", "köln", "werke"]);
        assert_eq!(words("K-10417"), ["10417", "k"]);
    }
}
