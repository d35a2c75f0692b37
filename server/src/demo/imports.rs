//! Imports of the demo: what lay in the import folder last night. The orders brought nothing new but a number nobody knows; the
//! list of customers had a mistake in it. Neither changes anything.

use app::ctx::Ctx;
use app::error::AppError;
use app::files::FileName;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::{Options, Source};
use app::imports::service::{self, NewImport};
use app::imports::work;
use app::time::Clock;
use bytes::Bytes;

use super::during_work;

const ORDERS: &str = "Auftragsnr;Kundennr\nAB-2026-0417;acme\nAB-2026-0431;acme\nAB-2026-9901;K-99999\n";
const CUSTOMERS: &str = "Kundennr;Firma;Ort;Land\nK-20481;Deichmann & Söhne GmbH;Husum;DE\nK-20482;Van Dijk Transport BV;Rotterdam;Holland?\n";

pub async fn add(ctx: &Ctx) -> Result<(), AppError> {
    let files = [
        (Kind::Organisations, "Neukunden November.csv", CUSTOMERS, false, 40),
        (Kind::Orders, "auftraege.csv", ORDERS, true, 75),
    ];
    for (kind, name, text, skip_bad, minute) in files {
        let own = Ctx { clock: Clock::fixed(during_work(ctx, 1, minute)), ..ctx.clone() };
        let new = NewImport {
            kind,
            name: FileName::parse(name),
            source: Source::Folder,
            mapping: Mapping::default(),
            options: Options { skip_bad, currency: "EUR".to_owned(), ..Options::default() },
            start: true,
        };
        let bytes = Bytes::from(text);
        let id = service::receive(&own, new, futures::stream::once(async { Ok::<_, String>(bytes) })).await?;
        work::now(&own, id).await?;
    }
    Ok(())
}
