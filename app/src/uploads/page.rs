//! The list of files that a form sends in parts, where JavaScript runs (`public/upload.js`). Without it the form sends its
//! files itself.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::paths;
use crate::ui::Icon;

use super::model::Kind;

/// The list below the field for files, for the form with this id; hidden until files are chosen. `id`: the request they
/// answer. `after`: where several lead when all of them are there.
pub fn list(ctx: &Ctx, kind: Kind, id: Option<String>, after: &'static str) -> Markup {
    // A request is answered with one file.
    let most = if kind == Kind::Request { "1" } else { "" };
    view! {
        <div
            class="stack-2 wide"
            hidden=true
            data-upload=""
            data-endpoint=paths::UPLOADS
            data-target=kind.name()
            data-id=id
            data-most=most
            data-after=after
            data-uploading=ctx.t("upload-uploading")
            data-finishing=ctx.t("upload-finishing")
            data-failed=ctx.t("upload-interrupted")
            data-waiting=ctx.t("upload-waiting")
            data-done=ctx.t("upload-done")
            data-cancelled=ctx.t("upload-cancelled")
            data-empty=ctx.t("documents-error-file-empty")
            data-remove=ctx.t("upload-remove")
            data-cancel=ctx.t("ui-cancel")
            data-retry=ctx.t("upload-retry")
            data-chosen=ctx.t("upload-chosen")
            data-count=ctx.t("upload-count")
        >
            <ul class="stack-2" aria-label=ctx.t("upload-list")></ul>
            <p class="vh" role="status"></p>
            <template>
                <li class="fileline">
                    <Icon name="file" />
                    <div><p class="strong" data-name=""></p><p class="meta"><span data-size=""></span><span class="sep"></span><span data-state=""></span></p></div>
                    <button class="btn btn--quiet" type="button"><span data-words=""></span><span class="vh"></span></button>
                    <progress class="bar" max="100" value="0" hidden=true></progress>
                    <p class="error" hidden=true></p>
                </li>
            </template>
        </div>
    }
    .into_markup()
}

/// A photo as a file: shown on what is held in a hand, where JavaScript runs.
pub fn camera(ctx: &Ctx) -> Markup {
    view! {
        <div class="field wide" hidden=true data-camera="">
            <label class="label" for="photo">{ctx.t("upload-photo")}</label>
            <input class="file" id="photo" type="file" accept="image/*" capture="environment" />
        </div>
    }
    .into_markup()
}
