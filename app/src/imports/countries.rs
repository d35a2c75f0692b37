//! Countries by their names, as address books of ERPs write them.

/// English and German names beside the code of ISO 3166-1; what is not here is written with its code.
const NAMES: &[(&str, &[&str])] = &[
    ("AR", &["argentina", "argentinien"]),
    ("AT", &["austria", "österreich", "oesterreich"]),
    ("AU", &["australia", "australien"]),
    ("BE", &["belgium", "belgien"]),
    ("BG", &["bulgaria", "bulgarien"]),
    ("BR", &["brazil", "brasilien"]),
    ("CA", &["canada", "kanada"]),
    ("CH", &["switzerland", "schweiz"]),
    ("CL", &["chile"]),
    ("CN", &["china"]),
    ("CY", &["cyprus", "zypern"]),
    ("CZ", &["czechia", "czech republic", "tschechien"]),
    ("DE", &["germany", "deutschland"]),
    ("DK", &["denmark", "dänemark"]),
    ("EE", &["estonia", "estland"]),
    ("ES", &["spain", "spanien"]),
    ("FI", &["finland", "finnland"]),
    ("FR", &["france", "frankreich"]),
    ("GB", &["uk", "united kingdom", "great britain", "england", "großbritannien", "vereinigtes königreich"]),
    ("GR", &["greece", "griechenland"]),
    ("HR", &["croatia", "kroatien"]),
    ("HU", &["hungary", "ungarn"]),
    ("IE", &["ireland", "irland"]),
    ("IN", &["india", "indien"]),
    ("IT", &["italy", "italien"]),
    ("JP", &["japan"]),
    ("LI", &["liechtenstein"]),
    ("LT", &["lithuania", "litauen"]),
    ("LU", &["luxembourg", "luxemburg"]),
    ("LV", &["latvia", "lettland"]),
    ("MT", &["malta"]),
    ("MX", &["mexico", "mexiko"]),
    ("NL", &["netherlands", "the netherlands", "niederlande"]),
    ("NO", &["norway", "norwegen"]),
    ("NZ", &["new zealand", "neuseeland"]),
    ("PL", &["poland", "polen"]),
    ("PT", &["portugal"]),
    ("RO", &["romania", "rumänien"]),
    ("SE", &["sweden", "schweden"]),
    ("SI", &["slovenia", "slowenien"]),
    ("SK", &["slovakia", "slowakei"]),
    ("TR", &["turkey", "türkiye", "türkei"]),
    ("UA", &["ukraine"]),
    ("US", &["usa", "united states", "united states of america", "vereinigte staaten"]),
    ("VE", &["venezuela"]),
    ("ZA", &["south africa", "südafrika"]),
];

/// The code of a country by its name; none where it is not known, or is a code already.
pub fn code(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(code, _)| *code)
}
