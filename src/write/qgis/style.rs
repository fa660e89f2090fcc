//! The layer's style: colours by event type, planned happenings hollow, labels, times, and what a click shows.

use crate::write::colour::GROUPS;
use crate::write::xml::escape;

/// How a happening is drawn.
#[derive(Clone, Copy)]
pub(super) enum Symbol {
    /// A dot on its point.
    Marker,
    /// Its area.
    Fill,
}

/// Which happenings are drawn full: those that took place, as far as the articles say.
const FULL: &str = "\"status\" in ('asserted', 'reported')";

/// What stands above a clicked happening.
const TIP: &str = "<b>[% \"title\" %]</b><br>[% coalesce(\"date_text\", \"date_edtf\") %] \
                   [% coalesce(\"place\", '') %]<p>[% \"description\" %]</p>";

/// A style file of its own. QGIS has one per file: where areas and points are mixed, that of the points.
pub(in crate::write) fn style() -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"AllStyleCategories\" labelsEnabled=\"1\">\n{}</qgis>\n",
        body(Symbol::Marker)
    )
}

/// The parts of a style, as they also stand in a project's layer.
pub(super) fn body(symbol: Symbol) -> String {
    let mut out = String::from(
        "<temporal enabled=\"1\" mode=\"2\" limitMode=\"0\" startField=\"start_time\" endField=\"end_time\" \
         startExpression=\"\" endExpression=\"\" durationField=\"\" durationUnit=\"min\" fixedDuration=\"0\" \
         accumulate=\"0\"><fixedRange><start></start><end></end></fixedRange></temporal>\n\
         <renderer-v2 type=\"categorizedSymbol\" attr=\"event_type\" forceraster=\"0\" symbollevels=\"0\" \
         enableorderby=\"0\">\n<categories>\n",
    );
    for (number, group) in GROUPS.iter().enumerate() {
        out.push_str(&format!("<category render=\"true\" symbol=\"{number}\" label=\"{}\">", group.word));
        for kind in group.types {
            out.push_str(&format!("<val value=\"{}\"/>", kind.as_str()));
        }
        out.push_str("</category>\n");
    }
    out.push_str("</categories>\n<symbols>\n");
    for (number, group) in GROUPS.iter().enumerate() {
        out.push_str(&drawn(symbol, number, group.colour));
    }
    out.push_str("</symbols>\n<rotation/>\n<sizescale/>\n</renderer-v2>\n");
    out.push_str(LABELS);
    out.push_str("<previewExpression>\"title\"</previewExpression>\n<mapTip>");
    escape(TIP, &mut out);
    out.push_str("</mapTip>\n");
    out.push_str(match symbol {
        Symbol::Marker => "<layerGeometryType>0</layerGeometryType>\n",
        Symbol::Fill => "<layerGeometryType>2</layerGeometryType>\n",
    });
    out
}

/// The symbol of one group.
fn drawn(symbol: Symbol, number: usize, colour: &str) -> String {
    let part = |at: usize| {
        u8::from_str_radix(colour.get(at..at + 2).unwrap_or_default(), 16).unwrap_or_default().to_string()
    };
    let rgb = [1, 3, 5].map(part).join(",");
    let (kind, class, more, alpha) = match symbol {
        Symbol::Marker => {
            let more = format!(
                "{}{}{}{}",
                option("name", "circle"),
                option("size", "3"),
                option("size_unit", "MM"),
                option("outline_color", &format!("{rgb},255"))
            );
            ("marker", "SimpleMarker", more, 220)
        }
        Symbol::Fill => {
            let more =
                format!("{}{}", option("style", "solid"), option("outline_color", &format!("{rgb},255")));
            ("fill", "SimpleFill", more, 70)
        }
    };
    let mut hollow = String::new();
    escape(&format!("if({FULL}, @symbol_color, set_color_part(@symbol_color, 'alpha', 25))"), &mut hollow);
    format!(
        "<symbol type=\"{kind}\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
         <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">{}{more}{}{}{}</Option>\
         <data_defined_properties><Option type=\"Map\">{}<Option type=\"Map\" name=\"properties\">\
         <Option type=\"Map\" name=\"fillColor\"><Option type=\"bool\" name=\"active\" value=\"true\"/>{}\
         <Option type=\"int\" name=\"type\" value=\"3\"/></Option></Option>{}</Option></data_defined_properties>\
         </layer></symbol>\n",
        option("color", &format!("{rgb},{alpha}")),
        option("outline_style", "solid"),
        option("outline_width", "0.4"),
        option("outline_width_unit", "MM"),
        option("name", ""),
        format_args!("<Option type=\"QString\" name=\"expression\" value=\"{hollow}\"/>"),
        option("type", "collection"),
    )
}

fn option(name: &str, value: &str) -> String {
    format!("<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>")
}

/// The title beside each happening, with a halo; those without room wait for a closer look.
const LABELS: &str = "<labeling type=\"simple\"><settings calloutType=\"simple\">\
    <text-style fieldName=\"title\" isExpression=\"0\" fontSize=\"8\" fontSizeUnit=\"Point\" textColor=\"20,20,20,255\" \
    textOpacity=\"1\" fontWeight=\"50\" multilineHeight=\"1\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" \
    bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" bufferOpacity=\"0.9\" bufferNoFill=\"1\"/></text-style>\
    <text-format autoWrapLength=\"32\" useMaxLineLengthForAutoWrap=\"1\" multilineAlign=\"0\"/>\
    <placement placement=\"6\" predefinedPositionOrder=\"R,L,TR,BR,TL,BL\" dist=\"1.5\" distUnits=\"MM\" \
    offsetType=\"1\" priority=\"5\" layerType=\"PointGeometry\"/>\
    <rendering drawLabels=\"1\" obstacle=\"1\" obstacleFactor=\"1\" maxNumLabels=\"2000\" fontMaxPixelSize=\"10000\"/>\
    </settings></labeling>\n";
