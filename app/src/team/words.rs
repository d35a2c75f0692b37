//! Rights in words, in whatever language.

use crate::access::{MembershipRole, Module, Reach, Rights};
use crate::i18n::Locale;

/// The Fluent key of a module's name.
pub const fn module_key(module: Module) -> &'static str {
    match module {
        Module::Documents => "module-documents",
        Module::Orders => "module-orders",
        Module::Money => "module-money",
        Module::Tickets => "module-tickets",
    }
}

/// The Fluent key of a reach.
pub const fn reach_key(reach: Reach) -> &'static str {
    match reach {
        Reach::None => "reach-none",
        Reach::Own => "reach-own",
        Reach::Organisation => "reach-organisation",
    }
}

/// What somebody sees, as short as it can be said.
pub fn rights(locale: Locale, role: MembershipRole, rights: Rights) -> String {
    if role == MembershipRole::Admin {
        return locale.t("rights-admin").to_owned();
    }
    if Module::ALL.into_iter().all(|module| rights.of(module) == rights.documents) {
        let key = match rights.documents {
            Reach::None => "rights-all-none",
            Reach::Own => "rights-all-own",
            Reach::Organisation => "rights-all-organisation",
        };
        return locale.t(key).to_owned();
    }
    Module::ALL
        .map(|module| format!("{}: {}", locale.t(module_key(module)), locale.t(reach_key(rights.of(module)))))
        .join(", ")
}
