//! Images: looked at before they are unpacked, scaled, turned the way they were taken, and nothing kept of what else is
//! in them (place, camera).

use std::io::Cursor;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use crate::protocol::{Page, Reason};
use crate::{Budget, HEIGHT, PORTRAIT, Stop, WIDTH};

/// Memory for an image while it is unpacked.
const MEMORY: u64 = 400 * 1024 * 1024;

/// Which kind of image this is.
pub(crate) fn format(head: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(head).ok()?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp];
    known.contains(&format).then_some(format)
}

/// Unpacks an image that is not too large, and says how it was held.
fn unpack(bytes: &[u8], format: ImageFormat, budget: &Budget) -> Result<(DynamicImage, Orientation), Stop> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Reason::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > budget.limits.pixels {
        return Err(Reason::Pixels.into());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(|_| Reason::Broken)?, orientation))
}

/// The square of an image of somebody: the middle of it, and of an upright one rather the upper part.
pub(crate) fn portrait(bytes: &[u8], format: ImageFormat, budget: &mut Budget) -> Result<Page, Stop> {
    let (mut image, orientation) = unpack(bytes, format, budget)?;
    image.apply_orientation(orientation);
    let (width, height) = (image.width(), image.height());
    let edge = width.min(height);
    let square = image.crop_imm((width - edge) / 2, (height - edge) / 3, edge, edge);
    let small = square.resize_exact(u32::from(PORTRAIT), u32::from(PORTRAIT), FilterType::Triangle);
    page(&small, budget)
}

/// The image, no larger than a page.
pub(crate) fn preview(bytes: &[u8], format: ImageFormat, budget: &mut Budget) -> Result<Page, Stop> {
    let (mut image, orientation) = unpack(bytes, format, budget)?;
    if image.width() > u32::from(WIDTH) * 2 || image.height() > u32::from(HEIGHT) * 2 {
        // Fast and rough down to twice the size, then well.
        image = image.thumbnail(u32::from(WIDTH) * 2, u32::from(HEIGHT) * 2);
    }
    image.apply_orientation(orientation);
    if image.width() > u32::from(WIDTH) || image.height() > u32::from(HEIGHT) {
        image = image.resize(u32::from(WIDTH), u32::from(HEIGHT), FilterType::Triangle);
    }
    page(&image, budget)
}

/// An image as PNG.
fn page(image: &DynamicImage, budget: &mut Budget) -> Result<Page, Stop> {
    let (width, height) = (small(image.width())?, small(image.height())?);
    let png = match image.color() {
        ColorType::L8 | ColorType::L16 => encode(width, height, png::ColorType::Grayscale, image.to_luma8().as_raw()),
        color if color.has_alpha() => encode(width, height, png::ColorType::Rgba, image.to_rgba8().as_raw()),
        _ => encode(width, height, png::ColorType::Rgb, image.to_rgb8().as_raw()),
    };
    let png = png.map_err(|_| Reason::Broken)?;
    if budget.take(png.len()) { Ok(Page { width, height, png }) } else { Err(Reason::Pixels.into()) }
}

fn small(pixels: u32) -> Result<u16, Reason> {
    u16::try_from(pixels).ok().filter(|pixels| *pixels > 0).ok_or(Reason::Broken)
}

/// A PNG of eight bits per channel.
pub(crate) fn encode(
    width: u16,
    height: u16,
    color: png::ColorType,
    pixels: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width.into(), height.into());
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(out)
}
