//! The project: the layer over a world map, the time controller on, its range and step set.

use super::LAYER;
use super::style::{Symbol, body};
use crate::write::interval::Civil;
use crate::write::notation;
use crate::write::schema::attribution;
use crate::write::shape::Geometry;
use crate::write::xml::escape;

/// The map that every QGIS has.
const WORLD: &str = "inbuilt:/data/world_map.gpkg|layername=countries";

const WGS_84: &str = "<spatialrefsys><srsid>3452</srsid><srid>4326</srid><authid>EPSG:4326</authid>\
    <description>WGS 84</description><projectionacronym>longlat</projectionacronym>\
    <ellipsoidacronym>EPSG:7030</ellipsoidacronym><geographicflag>true</geographicflag></spatialrefsys>";

/// A layer of the project.
struct Layer {
    id: &'static str,
    title: &'static str,
    source: String,
    shapes: &'static str,
    body: String,
    labels: bool,
}

/// The whole project.
pub(super) fn project(geometry: Geometry, span: Option<Civil>, extent: Option<[f64; 4]>) -> String {
    let mut layers = Vec::new();
    let of = |kind: &str| match geometry {
        Geometry::Point => format!("./{LAYER}"),
        Geometry::Area => format!("./{LAYER}|geometrytype={kind}"),
    };
    layers.push(Layer {
        id: "events",
        title: "events",
        source: of("Point"),
        shapes: "Point",
        body: body(Symbol::Marker),
        labels: true,
    });
    if geometry == Geometry::Area {
        layers.push(Layer {
            id: "areas",
            title: "areas of events",
            source: of("Polygon"),
            shapes: "Polygon",
            body: body(Symbol::Fill),
            labels: true,
        });
    }
    layers.push(Layer {
        id: "countries",
        title: "countries",
        source: WORLD.to_owned(),
        shapes: "Polygon",
        body: GROUND.to_owned(),
        labels: false,
    });
    let mut out = String::from(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" projectname=\"Dated, located happenings read from news\">\n\
         <homePath path=\"\"/>\n<title>Dated, located happenings read from news</title>\n",
    );
    out.push_str(&format!("<projectCrs>{WGS_84}</projectCrs>\n<layer-tree-group>\n"));
    for layer in &layers {
        out.push_str(&format!(
            "<layer-tree-layer id=\"{}\" name=\"{}\" source=\"{}\" providerKey=\"ogr\" checked=\"Qt::Checked\" \
             expanded=\"{}\"/>\n",
            layer.id,
            layer.title,
            layer.source,
            u8::from(layer.labels)
        ));
    }
    out.push_str("</layer-tree-group>\n");
    // The view a little wider than the happenings, and never a single point.
    let [west, south, east, north] = extent.unwrap_or([-180.0, -90.0, 180.0, 90.0]);
    let margin = ((east - west).max(north - south) * 0.1).max(0.5);
    let (west, south, east, north) = (west - margin, south - margin, east + margin, north + margin);
    out.push_str(&format!(
        "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>degrees</units><extent><xmin>{west}</xmin>\
         <ymin>{south}</ymin><xmax>{east}</xmax><ymax>{north}</ymax></extent><rotation>0</rotation>\
         <destinationsrs>{WGS_84}</destinationsrs></mapcanvas>\n<projectlayers>\n"
    ));
    for layer in &layers {
        out.push_str(&map_layer(layer, geometry));
    }
    out.push_str("</projectlayers>\n<layerorder>\n");
    for layer in &layers {
        out.push_str(&format!("<layer id=\"{}\"/>\n", layer.id));
    }
    out.push_str(
        "</layerorder>\n<properties>\n<Paths><Absolute type=\"bool\">false</Absolute></Paths>\n\
                  <SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys>\n",
    );
    if let Some(span) = span {
        let (start, end) = (instant(span.start), instant(span.end));
        // Mode 1 plays the range frame by frame.
        out.push_str(&format!(
            "<TemporalControllerWidget><NavigationMode type=\"int\">1</NavigationMode>\
             <StartDateTime type=\"QString\">{start}</StartDateTime>\
             <EndDateTime type=\"QString\">{end}</EndDateTime></TemporalControllerWidget>\n</properties>\n\
             <ProjectTimeSettings timeStep=\"1\" timeStepUnit=\"{}\" frameRate=\"2\" cumulativeTemporalRange=\"0\">\
             <TemporalRange><start>{start}</start><end>{end}</end></TemporalRange></ProjectTimeSettings>\n",
            step(span)
        ));
    } else {
        out.push_str("</properties>\n");
    }
    out.push_str(&format!(
        "<ProjectViewSettings UseProjectScales=\"0\"><Scales/><DefaultViewExtent xmin=\"{west}\" ymin=\"{south}\" \
         xmax=\"{east}\" ymax=\"{north}\">{WGS_84}</DefaultViewExtent></ProjectViewSettings>\n"
    ));
    out.push_str("<projectMetadata><title>Dated, located happenings read from news</title><abstract>");
    escape(attribution(geometry), &mut out);
    out.push_str("</abstract></projectMetadata>\n</qgis>\n");
    out
}

fn map_layer(layer: &Layer, geometry: Geometry) -> String {
    let mut about = String::new();
    if layer.labels {
        about.push_str("<resourceMetadata><title>Dated, located happenings read from news</title><rights>");
        escape(attribution(geometry), &mut about);
        about.push_str("</rights></resourceMetadata>\n");
    }
    format!(
        "<maplayer type=\"vector\" geometry=\"{}\" styleCategories=\"AllStyleCategories\" labelsEnabled=\"{}\">\n\
         <id>{}</id>\n<datasource>{}</datasource>\n<layername>{}</layername>\n<srs>{WGS_84}</srs>\n\
         <provider encoding=\"UTF-8\">ogr</provider>\n{about}{}</maplayer>\n",
        layer.shapes,
        u8::from(layer.labels),
        layer.id,
        layer.source,
        layer.title,
        layer.body
    )
}

/// Land under the happenings.
const GROUND: &str = "<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><symbols>\
    <symbol type=\"fill\" name=\"0\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"SimpleFill\" \
    enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option type=\"QString\" name=\"color\" \
    value=\"243,239,228,255\"/><Option type=\"QString\" name=\"outline_color\" value=\"154,150,140,255\"/>\
    <Option type=\"QString\" name=\"outline_style\" value=\"solid\"/><Option type=\"QString\" name=\"outline_width\" \
    value=\"0.1\"/><Option type=\"QString\" name=\"outline_width_unit\" value=\"MM\"/><Option type=\"QString\" \
    name=\"style\" value=\"solid\"/></Option></layer></symbol></symbols></renderer-v2>\n";

/// QGIS reads its own times in UTC; civil times are given to it as such, which it does with the layer's too.
fn instant(time: chrono::NaiveDateTime) -> String {
    let mut text = String::new();
    notation::instant(time, &mut text);
    text.push('Z');
    text
}

/// The step of the time controller, in the code QGIS has for units: at most some hundreds of frames.
fn step(span: Civil) -> &'static str {
    match (span.end - span.start).num_days() {
        0..=3 => "h",
        4..=400 => "d",
        401..=3_000 => "wk",
        3_001..=15_000 => "mon",
        15_001..=200_000 => "y",
        _ => "dec",
    }
}
