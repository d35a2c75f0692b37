//! Words that passwords are made of too often. A password that is nothing but such words, numbers and marks is guessed
//! first, however long it is.

/// In lower case, as [`fold`] writes them.
const WORDS: &str = "\
    aaron abcd abcde abcdef abc access account achmed acme action adam adelheid adidas admin administrator adler admiral \
    agent airbus alex alexander alexandra alice allah amanda amsterdam amour anal anderson andrea andreas andrew angel \
    angela angelo angels anke anna annika anthony antonio apollo apple april arbeit ariane arsenal arthur asdf asdfgh \
    asdfghjkl ashley asshole auto august austin avatar babe baby babygirl bailey banana banane baseball basketball batman \
    bayern beer bella berlin bernd bier bigdog bitch bitte blabla black blau blink blue bobby bonjour boomer borussia \
    boss bremen brandon brandy bruno buddy business buster butter butterfly calvin camaro canada captain carla carlos \
    caroline casper charles charlie cheese chelsea chester chicken chocolate chris christian christina christoph \
    christopher claudia coffee compaq computer connect cookie cooper corvette cowboy cowboys crystal customer dakota \
    dallas daniel daniela darling database dave david default delphin demo denise dennis deutschland dev diablo diamond \
    dick dirk doctor dolphin dolphins dortmund dragon dragons drowssap dublin eagle eagles eclipse edward einstein \
    eintracht elizabeth else emma england enter erik europa evil extreme falcon family fabian felix fender ferrari ficken \
    finance firma firebird first fish florian florida flower flowers football forever frank franz freddy free freedom \
    freiheit freund friday friends frodo frosch fuck fucker fuckme fuckyou fussball galaxy gandalf garfield gateway geheim \
    george georg gerard germany gfhjkm ginger gitarre giants god golden golf golfer gott google green guest guitar gustav \
    gruen haha hallo hamburg hammer hamster handball hannah hannes hannover hans happy hardcore harley harry haus heaven \
    heather heinz heiko heimat helena hello helloworld helmut help henry herbst hermann hertha hockey holland home honda \
    honey hooters hotdog house hund hunter ich icecream iceman ihkjihkj iloveyou ilove indigo internet inter ist jackson \
    jack jaguar jakob james january jan jasmin jason jasper jennifer jens jeremy jessica jesus joachim johann johanna john \
    johnny johnson jonas jonathan jordan joseph joshua juergen july june julia julian junior justin kaiser karin karl \
    karsten katharina kathrin katze kennwort kevin killer king kings kitty klaus klausi knight koeln koenig kontor kristin \
    kundenportal kunde lady lakers lars laura lauren leben legend lena leon leonard letmein letmeinnow liebe lieber lisa \
    live login london looking louise love lover loveme lovely lovers lucky lukas luna maddog maggie magic manager manfred \
    marco march marcel maria mario marie marina marine mark markus marlboro martin martina marvin maschinenbau master \
    matrix matthew matthias mausi maus maverick max maximilian maxwell mein meister melanie melissa member mercedes merlin \
    metallica michael michaela michelle mickey midnight mike miller mirko mister mobile moin money monika monkey monster \
    moritz morgan mother motorola mountain muenchen muffin mustang mutter nadine name nascar natalie nathan ncc nederland \
    neu never new newyork nicholas nicolas nicole nikita nina nintendo nirvana nokia nordlicht norbert norman november \
    october office oktober oliver olivia orange oranje ordner oskar otto oscar packers panther panthers papa parker pass \
    passe passwd passwort password passwords passworter patricia patrick paul paula peace peaches peanut penis pepper \
    peter petra pferd phoenix philipp phone pizza player please police pokemon polo porsche portal power princess \
    principal prinzessin private purple pussy qazwsx qazwsxedc qwer qwert qwerty qwertyuiop qwertz qwertzu qwertzuiop \
    rabbit rachel raiders rainbow rainer ralf ralph ramona ranger rangers raphael raven rebecca red regina reinhard \
    richard robert robin rocket roger roland rolf root rosebud rose rot rotterdam rudolf runner rush russell ruth sabine \
    sabrina sales sam samantha sammy samsung sandra santa sarah sascha saturn schalke schalter schatz schatzi scheisse \
    schmidt schnecke schneider school schule schulz schwarz scooby scooter scorpio sebastian secret secure security \
    september server service sesam sex sexy shadow shannon sicher sicherheit sierra silke silver simon simone simpson \
    slayer smith smokey snoopy soccer sommer sommerzeit sonne sonnenschein sophie spanky sparky spider spiderman sporting \
    sports staff star starwars start steelers stefan stefanie steffen stephan sterne steven stern success sued summer \
    sunday sunflower sunny sunshine super superman superstar support susanne sven swiss sylvia system taylor teddy temp \
    temporary tennis test tester testing thanks the theresa thomas thunder thunderbird thorsten tiffany tiger tigers tigger \
    time tina tintin tobias toor torsten toyota travel travis trinity trustno trust turtle tweety udo ulrich unicorn united \
    urlaub user username ute vacation valentina vanessa vater verena vergessen veronica vfb victoria victor viking vincent \
    viper volker volleyball volvo voetbal wachtwoord walter warrior wasser webmaster weihnachten welcome welkom wellcome \
    welt werder werner whatever white wilhelm willi willkommen william williams willow wilson winner winston winter wizard \
    wolf wolfgang wolves word world xavier xxx xxxxxx yamaha yankees yellow you yvonne zaq zaqwsx zeppelin zidane zomer \
    zufall zurich zxcvbn zxcvbnm";

/// Lower case, letters and digits only, and digits that stand for letters as those letters.
pub fn fold(password: &str) -> String {
    let lower = password.to_lowercase();
    let letters = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '@' | '$' | '!'));
    let folded: String = letters
        .flat_map(|c| match c {
            '\u{e4}' => vec!['a', 'e'],
            '\u{f6}' => vec!['o', 'e'],
            '\u{fc}' => vec!['u', 'e'],
            '\u{df}' => vec!['s', 's'],
            other => vec![other],
        })
        .collect();
    folded.trim_end_matches('!').to_owned()
}

/// A letter that a digit or mark is often written for.
const fn letter(c: u8) -> u8 {
    match c {
        b'0' => b'o',
        b'1' | b'!' => b'i',
        b'3' => b'e',
        b'4' | b'@' => b'a',
        b'5' | b'$' => b's',
        b'7' => b't',
        other => other,
    }
}

fn starts_with(rest: &[u8], word: &[u8]) -> bool {
    rest.len() >= word.len() && rest.iter().zip(word).all(|(c, w)| c == w || letter(*c) == *w)
}

/// Whether a password is nothing but common words, the given words, numbers and marks.
pub fn is_common(password: &str, context: &[String]) -> bool {
    let folded = fold(password);
    let bytes = folded.as_bytes();
    let words: Vec<&[u8]> = WORDS
        .split_whitespace()
        .chain(context.iter().map(String::as_str))
        .map(str::as_bytes)
        .filter(|word| word.len() >= 3)
        .collect();
    // reachable[n]: the first n bytes are made of such parts.
    let mut reachable = vec![false; bytes.len() + 1];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    for at in 0..bytes.len() {
        if reachable.get(at) != Some(&true) {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let number = usize::from(rest.first().is_some_and(|c| !c.is_ascii_lowercase() && c.is_ascii()));
        let lengths = words.iter().filter(|word| starts_with(rest, word)).map(|word| word.len());
        for length in lengths.chain((number == 1).then_some(1)) {
            if let Some(reached) = reachable.get_mut(at + length) {
                *reached = true;
            }
        }
    }
    reachable.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_everybody_takes_are_known_in_every_disguise() {
        for bad in [
            "password",
            "Passw0rd123!",
            "P@$$w0rd",
            "sommer2024",
            "SommerSonne2024!",
            "qwertzuiop12345",
            "12345678",
            "hallo-hallo-hallo",
            "Willkommen2026",
            "iloveyouforever",
            "Bayern Muenchen 1900",
            "M\u{fc}nchen 2024",
            "welkomwachtwoord",
            "letmeinletmein1",
        ] {
            assert!(is_common(bad, &[]), "{bad}");
        }
    }

    #[test]
    fn what_somebody_made_up_is_not() {
        for good in
            ["correct horse battery", "vier Kraniche \u{fc}ber Husum", "tX9#kk2!vQzz", "blaue Gummiente am Deich"]
        {
            assert!(!is_common(good, &[]), "{good}");
        }
        let context = ["nordlicht".to_owned(), "albers".to_owned()];
        assert!(is_common("Nordlicht-Albers-2026", &context));
        assert!(!is_common("Nordlicht-Albers-2026 am Kai", &context));
    }
}
