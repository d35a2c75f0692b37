//! The HTML of a letter: tables and inline styles, because mail programs know little else, and a style sheet only for
//! what may be missing (dark mode, phones). No images, no fonts, nothing that is fetched when the mail is opened.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::compose::Parts;

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (max-width:600px){.card{padding:24px 20px!important}}\
@media (prefers-color-scheme:dark){\
.page{background:#101519!important}\
.card{background:#182026!important;border-color:#2b363e!important}\
.ink{color:#eaf0f3!important}\
.ink2{color:#b4c0c8!important}\
.ink3{color:#93a2ac!important}\
.line{border-color:#2b363e!important}\
.link{color:#8ccbee!important}\
.button{background:#8ccbee!important}\
.button a{color:#0c1a22!important}\
}";

fn text(text: &str) -> Cow<'_, str> {
    html_escape::encode_quoted_attribute(text)
}

/// The letter as a document of its own.
pub(super) fn render(parts: &Parts) -> String {
    let mut body = String::new();
    let paragraph = |out: &mut String, class: &str, style: &str, content: &str| {
        let _ = write!(out, "<p class=\"{class}\" style=\"margin:0 0 16px;{style}\">{content}</p>");
    };
    paragraph(&mut body, "ink", "", &text(&parts.greeting));
    for words in &parts.paragraphs {
        paragraph(&mut body, "ink", "", &text(words));
    }
    if let Some((who, lines)) = &parts.message {
        paragraph(&mut body, "ink2", "margin-bottom:8px;color:#4c5a63;", &text(who));
        let lines: Vec<Cow<'_, str>> = lines.iter().map(|line| text(line)).collect();
        let _ = write!(
            body,
            "<blockquote class=\"ink line\" style=\"margin:0 0 16px;padding:2px 0 2px 16px;border-left:3px solid #c9d3d9;\">{}</blockquote>",
            lines.join("<br>")
        );
    }
    if !parts.lines.is_empty() {
        let _ = write!(
            body,
            "<table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" style=\"margin:0 0 16px;\">"
        );
        for line in &parts.lines {
            let (words, url, meta) = (text(&line.text), text(&line.url), text(&line.meta));
            let _ = write!(
                body,
                "<tr><td class=\"line\" style=\"padding:12px 0;border-top:1px solid #dfe6ea;{FONT}font-size:16px;line-height:24px;\">\
                 <a class=\"link\" href=\"{url}\" style=\"color:#0f5f87;font-weight:600;text-decoration:none;\">{words}</a>\
                 <br><span class=\"ink3\" style=\"font-size:13px;line-height:20px;color:#66757f;\">{meta}</span></td></tr>"
            );
        }
        body.push_str("</table>");
    }
    if let Some((label, url, instead)) = &parts.button {
        let (label, url) = (text(label), text(url));
        let _ = write!(
            body,
            "<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" style=\"margin:8px 0 24px;\"><tr>\
             <td class=\"button\" bgcolor=\"#0f5f87\" style=\"background:#0f5f87;border-radius:6px;mso-padding-alt:12px 24px;\">\
             <a href=\"{url}\" style=\"display:inline-block;padding:12px 24px;{FONT}font-size:16px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none;\">{label}</a>\
             </td></tr></table>"
        );
        let small = "font-size:13px;line-height:20px;color:#66757f;";
        paragraph(&mut body, "ink3", &format!("margin-bottom:4px;{small}"), &text(instead));
        let link = format!("<a class=\"link\" href=\"{url}\" style=\"color:#0f5f87;\">{url}</a>");
        paragraph(&mut body, "ink3", &format!("word-break:break-all;{small}"), &link);
    }
    let mut foot = String::new();
    for words in &parts.small_print {
        paragraph(&mut foot, "ink3", "margin-bottom:8px;", &text(words));
    }
    for (words, url) in &parts.links {
        let (words, url) = (text(words), text(url));
        let link = format!("<a class=\"link\" href=\"{url}\" style=\"color:#0f5f87;\">{words}</a>");
        paragraph(&mut foot, "ink3", "margin-bottom:8px;", &link);
    }
    let home = text(&parts.home);
    let home_link = format!("<a class=\"link\" href=\"{home}\" style=\"color:#0f5f87;\">{home}</a>");
    paragraph(&mut foot, "ink3", "margin-bottom:0;", &home_link);
    let preview = parts.paragraphs.first().map_or("", String::as_str);
    format!(
        "<!doctype html>\
<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">\
<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no\">\
<title>{subject}</title><style>{STYLE}</style></head>\
<body class=\"page\" style=\"margin:0;padding:0;background:#f3f6f7;\">\
<div style=\"display:none;max-height:0;overflow:hidden;\">{preview}</div>\
<table role=\"presentation\" class=\"page\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" bgcolor=\"#f3f6f7\" style=\"background:#f3f6f7;\"><tr><td align=\"center\" style=\"padding:24px 12px;\">\
<table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" style=\"max-width:560px;\">\
<tr><td class=\"ink\" style=\"padding:0 4px 16px;{FONT}font-size:16px;line-height:24px;font-weight:600;color:#1b262d;\">{portal}</td></tr>\
<tr><td class=\"card ink\" bgcolor=\"#ffffff\" style=\"padding:32px;background:#ffffff;border:1px solid #dfe6ea;border-radius:10px;{FONT}font-size:16px;line-height:24px;color:#1b262d;\">\
<h1 class=\"ink\" style=\"margin:0 0 20px;font-size:20px;line-height:28px;font-weight:600;color:#1b262d;\">{subject}</h1>{body}</td></tr>\
<tr><td class=\"ink3\" style=\"padding:20px 4px 0;{FONT}font-size:13px;line-height:20px;color:#66757f;\">{foot}</td></tr>\
</table></td></tr></table></body></html>\n",
        language = parts.language,
        subject = text(&parts.subject),
        portal = text(&parts.portal),
        preview = text(preview),
    )
}
