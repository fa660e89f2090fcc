//! The embedded gazetteer: names lead to places, and damaged or foreign files are told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::gazetteer::build::build_from;
use dateline::gazetteer::{Gazetteer, INSTEAD, MAX_LAYERS, NameSort, PlaceKind};
use std::fs;
use std::path::Path;

/// Name, and the id or `kind country` of a place that must be among the first `AMONG` it may mean.
const NAMES: &[(&str, &str)] = &[
    ("Alep", "geonames:170063"),
    ("Aleppo", "geonames:170063"),
    ("Al Foua", "geonames:170365"),
    ("Kefraya", "geonames:168689"),
    ("Kefraïa", "geonames:168689"),
    ("France", "geonames:3017382"),
    ("Birmanie", "geonames:1327865"),
    ("RDC", "geonames:203312"),
    ("Inde", "geonames:1269750"),
    ("U.S.", "geonames:6252001"),
    ("États-Unis", "geonames:6252001"),
    ("Royaume-Uni", "geonames:2635167"),
    ("Londres", "geonames:2643743"),
    ("Pékin", "geonames:1816670"),
    ("Le Caire", "geonames:360630"),
    ("Varsovie", "geonames:756135"),
    ("Saint-Pétersbourg", "geonames:498817"),
    ("Moyen-Orient", "region"),
    ("Darfour", "region"),
    ("Méditerranée", "geonames:363196"),
    ("Nil", "river"),
    ("lac Léman", "lake"),
    ("Sarpy County", "admin2 US"),
    ("Sarpy", "admin2 US"),
    ("Bavière", "admin1 DE"),
    ("N.C.", "admin1 US"),
    ("Cisjordanie", "admin1 PS"),
    ("Gao", "geonames:2457163"),
    ("Majorque", "island ES"),
];
const AMONG: usize = 3;

#[test]
fn names_lead_to_places() {
    let gazetteer = Gazetteer::embedded();
    let wrong: Vec<String> = NAMES
        .iter()
        .filter(|(name, wanted)| {
            !gazetteer.find(name).take(AMONG).any(|c| {
                let place = gazetteer.place(c.place);
                let kind = format!("{} {}", place.kind().as_str(), place.country());
                place.id() == *wanted || kind.starts_with(wanted)
            })
        })
        .map(|(name, wanted)| {
            let found: Vec<String> = gazetteer.find(name).map(|c| gazetteer.place(c.place).id()).collect();
            format!("{name}: wanted {wanted}, found {found:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Country, name, latitude and longitude of capitals with 300,000 people or more, from GeoNames.
const CAPITALS: &[(&str, &str, f64, f64)] = &[
    ("AE", "Abu Dhabi", 24.5, 54.4),
    ("AF", "Kabul", 34.5, 69.2),
    ("AL", "Tirana", 41.3, 19.8),
    ("AM", "Yerevan", 40.2, 44.5),
    ("AO", "Luanda", -8.8, 13.2),
    ("AR", "Buenos Aires", -34.6, -58.4),
    ("AT", "Vienna", 48.2, 16.4),
    ("AU", "Canberra", -35.3, 149.1),
    ("AZ", "Baku", 40.4, 49.9),
    ("BA", "Sarajevo", 43.8, 18.4),
    ("BD", "Dhaka", 23.7, 90.4),
    ("BE", "Brussels", 50.9, 4.3),
    ("BF", "Ouagadougou", 12.4, -1.5),
    ("BG", "Sofia", 42.7, 23.3),
    ("BY", "Minsk", 53.9, 27.6),
    ("CA", "Ottawa", 45.4, -75.7),
    ("CD", "Kinshasa", -4.3, 15.3),
    ("CF", "Bangui", 4.4, 18.6),
    ("CG", "Brazzaville", -4.3, 15.3),
    ("CL", "Santiago", -33.5, -70.6),
    ("CN", "Beijing", 39.9, 116.4),
    ("CU", "Havana", 23.1, -82.4),
    ("CZ", "Prague", 50.1, 14.4),
    ("DE", "Berlin", 52.5, 13.4),
    ("DJ", "Djibouti", 11.6, 43.1),
    ("DK", "Copenhagen", 55.7, 12.6),
    ("DO", "Santo Domingo", 18.5, -69.9),
    ("DZ", "Algiers", 36.7, 3.1),
    ("EC", "Quito", -0.2, -78.5),
    ("EE", "Tallinn", 59.4, 24.8),
    ("EG", "Cairo", 30.1, 31.2),
    ("ER", "Asmara", 15.3, 38.9),
    ("ES", "Madrid", 40.4, -3.7),
    ("ET", "Addis Ababa", 9.0, 38.7),
    ("FI", "Helsinki", 60.2, 24.9),
    ("FR", "Paris", 48.9, 2.3),
    ("GA", "Libreville", 0.4, 9.5),
    ("GB", "London", 51.5, -0.1),
    ("GE", "Tbilisi", 41.7, 44.8),
    ("GH", "Accra", 5.6, -0.2),
    ("GN", "Conakry", 9.5, -13.7),
    ("GR", "Athens", 38.0, 23.7),
    ("GT", "Guatemala City", 14.6, -90.5),
    ("GW", "Bissau", 11.9, -15.6),
    ("HK", "Hong Kong", 22.3, 114.2),
    ("HN", "Tegucigalpa", 14.1, -87.2),
    ("HR", "Zagreb", 45.8, 16.0),
    ("HT", "Port-au-Prince", 18.5, -72.3),
    ("HU", "Budapest", 47.5, 19.0),
    ("ID", "Jakarta", -6.2, 106.8),
    ("IE", "Dublin", 53.3, -6.2),
    ("IL", "Jerusalem", 31.8, 35.2),
    ("IN", "New Delhi", 28.6, 77.2),
    ("IQ", "Baghdad", 33.3, 44.4),
    ("IR", "Tehran", 35.7, 51.4),
    ("IT", "Rome", 41.9, 12.5),
    ("JM", "Kingston", 18.0, -76.8),
    ("JO", "Amman", 32.0, 35.9),
    ("JP", "Tokyo", 35.7, 139.7),
    ("KE", "Nairobi", -1.3, 36.8),
    ("KG", "Bishkek", 42.9, 74.6),
    ("KH", "Phnom Penh", 11.6, 104.9),
    ("KP", "Pyongyang", 39.0, 125.8),
    ("KR", "Seoul", 37.6, 127.0),
    ("LA", "Vientiane", 18.0, 102.6),
    ("LB", "Beirut", 33.9, 35.5),
    ("LK", "Colombo", 6.9, 79.8),
    ("LR", "Monrovia", 6.3, -10.8),
    ("LS", "Maseru", -29.3, 27.5),
    ("LT", "Vilnius", 54.7, 25.3),
    ("LV", "Riga", 56.9, 24.1),
    ("LY", "Tripoli", 32.9, 13.2),
    ("MA", "Rabat", 34.0, -6.8),
    ("MD", "Chisinau", 47.0, 28.9),
    ("MG", "Antananarivo", -18.9, 47.5),
    ("MK", "Skopje", 42.0, 21.4),
    ("ML", "Bamako", 12.6, -8.0),
    ("MM", "Nay Pyi Taw", 19.7, 96.1),
    ("MR", "Nouakchott", 18.1, -16.0),
    ("MW", "Lilongwe", -14.0, 33.8),
    ("MX", "Mexico City", 19.4, -99.1),
    ("MY", "Kuala Lumpur", 3.1, 101.7),
    ("MZ", "Maputo", -26.0, 32.6),
    ("NA", "Windhoek", -22.6, 17.1),
    ("NE", "Niamey", 13.5, 2.1),
    ("NG", "Abuja", 9.1, 7.5),
    ("NI", "Managua", 12.1, -86.3),
    ("NL", "Amsterdam", 52.4, 4.9),
    ("NO", "Oslo", 59.9, 10.7),
    ("NP", "Kathmandu", 27.7, 85.3),
    ("NZ", "Wellington", -41.3, 174.8),
    ("OM", "Muscat", 23.6, 58.4),
    ("PA", "Panama City", 9.0, -79.5),
    ("PE", "Lima", -12.0, -77.0),
    ("PH", "Manila", 14.6, 121.0),
    ("PK", "Islamabad", 33.7, 73.0),
    ("PL", "Warsaw", 52.2, 21.0),
    ("PR", "San Juan", 18.5, -66.1),
    ("PS", "East Jerusalem", 31.8, 35.2),
    ("PT", "Lisbon", 38.7, -9.1),
    ("QA", "Doha", 25.3, 51.5),
    ("RO", "Bucharest", 44.4, 26.1),
    ("RS", "Belgrade", 44.8, 20.5),
    ("RU", "Moscow", 55.8, 37.6),
    ("RW", "Kigali", -1.9, 30.1),
    ("SA", "Riyadh", 24.7, 46.7),
    ("SD", "Khartoum", 15.6, 32.5),
    ("SE", "Stockholm", 59.3, 18.1),
    ("SG", "Singapore", 1.3, 103.9),
    ("SK", "Bratislava", 48.1, 17.1),
    ("SL", "Freetown", 8.5, -13.2),
    ("SN", "Dakar", 14.7, -17.4),
    ("SO", "Mogadishu", 2.0, 45.3),
    ("SS", "Juba", 4.9, 31.6),
    ("SV", "San Salvador", 13.7, -89.2),
    ("SY", "Damascus", 33.5, 36.3),
    ("TD", "N'Djamena", 12.1, 15.0),
    ("TH", "Bangkok", 13.8, 100.5),
    ("TJ", "Dushanbe", 38.5, 68.8),
    ("TM", "Ashgabat", 38.0, 58.4),
    ("TN", "Tunis", 36.8, 10.2),
    ("TR", "Ankara", 39.9, 32.9),
    ("TW", "Taipei", 25.1, 121.5),
    ("TZ", "Dodoma", -6.2, 35.7),
    ("UA", "Kyiv", 50.5, 30.5),
    ("UG", "Kampala", 0.3, 32.6),
    ("US", "Washington", 38.9, -77.0),
    ("UY", "Montevideo", -34.9, -56.2),
    ("UZ", "Tashkent", 41.3, 69.2),
    ("VE", "Caracas", 10.5, -66.9),
    ("VN", "Hanoi", 21.0, 105.8),
    ("XK", "Pristina", 42.7, 21.2),
    ("YE", "Sanaa", 15.4, 44.2),
    ("ZA", "Pretoria", -25.7, 28.2),
    ("ZM", "Lusaka", -15.4, 28.3),
    ("ZW", "Harare", -17.8, 31.1),
];

#[test]
fn capitals_lie_where_they_are() {
    let gazetteer = Gazetteer::embedded();
    let wrong = CAPITALS.iter().filter(|(country, name, lat, lon)| {
        let town = gazetteer
            .find(name)
            .map(|c| gazetteer.place(c.place))
            .find(|p| p.kind() == PlaceKind::City && p.country() == *country);
        !town.is_some_and(|p| {
            (p.lat() - lat).abs() < 0.3 && (p.lon() - lon).abs() < 0.3 && p.radius_m() < 60_000
        })
    });
    let wrong: Vec<&str> = wrong.map(|(_, name, ..)| *name).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn junk_leads_nowhere() {
    let gazetteer = Gazetteer::embedded();
    for name in ["hlb", "", "1234"] {
        let found: Vec<String> = gazetteer.find(name).map(|c| gazetteer.place(c.place).id()).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    for name in ["Plus", "Une", "Bon", "Mars", "May"] {
        assert!(gazetteer.find(name).all(|c| c.form.needs_cue()), "{name} needs no cue");
    }
    assert!(gazetteer.find("Gao").all(|c| gazetteer.place(c.place).country() != "CU"));
}

#[test]
fn places_know_their_countries_and_names() {
    let gazetteer = Gazetteer::embedded();
    let alep = gazetteer.place(gazetteer.by_id("geonames:170063").unwrap());
    assert_eq!(alep.name("fr"), "Alep");
    assert_eq!(alep.name("en"), "Aleppo");
    assert_eq!(alep.country(), "SY");
    assert_eq!(alep.kind(), PlaceKind::City);
    assert_eq!(alep.admin1().unwrap().name("fr"), "Alep");
    assert_eq!(alep.parents().last().unwrap().name("fr"), "Syrie");
    assert_eq!(gazetteer.alpha3("SY"), Some("SYR"));
    assert_eq!(gazetteer.place(gazetteer.country("SYR").unwrap()).country(), "SY");
    let us = gazetteer.place(gazetteer.country("US").unwrap());
    assert!((us.lat() - 39.76).abs() < 0.01 && (us.lon() + 98.5).abs() < 0.01);
    let cairo = gazetteer.find("Caire").next().unwrap();
    assert_eq!(cairo.form.sort(), NameSort::WithoutArticle);
}

#[test]
fn a_walker_lives_as_long_as_a_name_can_follow() {
    let gazetteer = Gazetteer::embedded();
    let mut walker = gazetteer.walker();
    assert!(walker.feed("New"));
    assert!(walker.feed(" "));
    assert!(walker.feed("York"));
    assert!(walker.is_name());
    assert!(walker.feed(" City"));
    assert!(walker.candidates().any(|c| gazetteer.place(c.place).id() == "geonames:5128581"));
    assert!(!walker.feed(", "));
    assert!(!walker.is_name());
    assert_eq!(walker.candidates().count(), 0);
}

const CSV: &str = "name,lat,lon,id,kind,country,names,name_fr\n\
    Ramoussa,36.155,37.125,mine:1,district,SY,Ramouseh|Ramousseh,\n\
    Aleppo,36.2,37.15,geonames:170063,city,SY,,Alep la Blanche\n";

fn build(folder: &Path, name: &str, files: &[(&str, &str)]) -> Result<Gazetteer, String> {
    let inputs: Vec<_> = files
        .iter()
        .map(|(file, text)| {
            fs::write(folder.join(file), text).unwrap();
            folder.join(file)
        })
        .collect();
    let target = folder.join(name);
    build_from(&inputs, &[], &target).map_err(|e| e.to_string())?;
    Gazetteer::open(&target).map_err(|e| e.to_string())
}

#[test]
fn own_places_lie_over_the_embedded_ones() {
    let folder = tempfile::tempdir().unwrap();
    let own = build(folder.path(), "own.idx", &[("own.csv", CSV)]).unwrap();
    let both = Gazetteer::embedded().layered(own).unwrap();
    let ramoussa = both.place(both.find("ramousseh").next().unwrap().place);
    assert_eq!((ramoussa.id().as_str(), ramoussa.kind()), ("mine:1", PlaceKind::District));
    let aleppo: Vec<_> = both.find("Aleppo").map(|c| both.place(c.place)).collect();
    assert_eq!(aleppo.iter().filter(|p| p.id() == "geonames:170063").count(), 1);
    assert_eq!(aleppo.first().unwrap().name("fr"), "Alep la Blanche");
    assert_eq!(both.place(both.by_id("mine:1").unwrap()).name_en(), "Ramoussa");
}

#[test]
fn the_last_of_several_layers_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let table = |lat: u8| format!("name,lat,lon,id,kind,country\nVal-Perdu,{lat},6,mine:{lat},city,FR\n");
    let layer = |lat: u8| {
        build(folder.path(), &format!("{lat}.idx"), &[(&format!("{lat}.csv"), &table(lat))]).unwrap()
    };
    let of = |gazetteer: &Gazetteer, name: &str| -> Vec<String> {
        gazetteer.find(name).map(|c| gazetteer.place(c.place).id()).collect()
    };
    let both = Gazetteer::embedded().layered(layer(45)).unwrap().layered(layer(46)).unwrap();
    assert_eq!(of(&both, "Val-Perdu"), ["mine:46", "mine:45"]);
    let other = Gazetteer::embedded().layered(layer(46)).unwrap().layered(layer(45)).unwrap();
    assert_eq!(of(&other, "Val-Perdu"), ["mine:45", "mine:46"]);
    assert!(!of(&both, "Alep").is_empty(), "the embedded places stay");
    let mut many = Gazetteer::embedded();
    for _ in 1..MAX_LAYERS {
        many = many.layered(layer(45)).unwrap();
    }
    assert!(many.layered(layer(45)).unwrap_err().to_string().contains("more than 8 gazetteers"));
}

#[test]
fn an_index_may_stand_instead_of_all_below() {
    let folder = tempfile::tempdir().unwrap();
    let (own, index) = (folder.path().join("own.csv"), folder.path().join("own.idx"));
    fs::write(&own, CSV).unwrap();
    let (key, value) = INSTEAD;
    build_from(&[own], &[(key.to_owned(), value.to_owned())], &index).unwrap();
    let alone = Gazetteer::embedded().layered(Gazetteer::open(&index).unwrap()).unwrap();
    assert_eq!(alone.len(), 2);
    assert_eq!(alone.find("Paris").count(), 0);
    assert_eq!(alone.find("Ramouseh").count(), 1);
}

#[test]
fn sources_licence_and_checksum_travel_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (own, index) = (folder.path().join("own.csv"), folder.path().join("own.idx"));
    fs::write(&own, CSV).unwrap();
    let built = build_from(&[own], &[("licence".to_owned(), "ODbL 1.0".to_owned())], &index).unwrap();
    let opened = Gazetteer::open(&index).unwrap();
    let all = opened.about();
    let about = all.first().unwrap();
    assert!(about.contains(&("licence", "ODbL 1.0")), "{about:?}");
    assert!(about.contains(&("places", "2")), "{about:?}");
    assert_eq!(opened.stamps(), [(built.checksum, fs::metadata(&index).unwrap().len() as usize)]);
    opened.verify().unwrap();
    // Of the header, bytes 8 to 11 are the version.
    assert_eq!(fs::read(&index).unwrap().get(8..12), Some(&[1, 0, 0, 0][..]));
    let embedded = Gazetteer::embedded();
    let world = embedded.about();
    let told = |key: &str| world.iter().flatten().any(|(k, v)| *k == key && !v.is_empty());
    assert!(world.is_empty() || ["title", "licence", "attribution", "source"].into_iter().all(told));
}

#[test]
fn the_embedded_index_fits_in_memory() {
    // It is used where it lies: what it takes of memory is its size at most.
    assert!(Gazetteer::embedded().stamps().iter().all(|(_, bytes)| *bytes < 60 << 20));
}

#[test]
fn the_order_of_rows_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "one.idx", &[("own.csv", CSV)]).unwrap();
    let mut lines: Vec<&str> = CSV.lines().collect();
    lines.swap(1, 2);
    build(folder.path(), "two.idx", &[("own.csv", &lines.join("\n"))]).unwrap();
    let read = |name| fs::read(folder.path().join(name)).unwrap();
    assert!(read("one.idx") == read("two.idx"));
}

#[test]
fn geonames_dumps_are_joined() {
    let folder = tempfile::tempdir().unwrap();
    let places = "\
10\tSyria\tSyria\t\t35\t38\tA\tPCLI\tSY\t\t00\t\t\t\t22000000\t\t\tAsia/Damascus\t2020-01-01
20\tAleppo Governorate\tAleppo Governorate\t\t36.1\t37.5\tA\tADM1\tSY\t\t09\t\t\t\t0\t\t\tAsia/Damascus\t2020-01-01
30\tḨalab\tHalab\tALP,Junk,30000\t36.2\t37.16\tP\tPPLA\tSY\t\t09\t\t\t\t2000000\t\t\tAsia/Damascus\t2020-01-01
";
    let names = "\
1\t30\tfr\tAlep\t1\t\t\t
2\t30\ten\tAleppo\t1\t\t\t
3\t30\tiata\tALP\t\t\t\t
4\t30\t\tBeroea\t\t\t\t
5\t99\tfr\tNulle Part\t\t\t\t
";
    let countries = format!("#ISO\nSY\tSYR{}\t10\n", "\t".repeat(14));
    let files = [("SY.txt", places), ("alternateNamesV2.txt", names), ("countryInfo.txt", &countries)];
    let syria = build(folder.path(), "syria.idx", &files).unwrap();
    let city = syria.place(syria.find("alep").next().unwrap().place);
    assert_eq!((city.id().as_str(), city.name("fr"), city.name("en")), ("geonames:30", "Alep", "Aleppo"));
    assert_eq!(city.parents().map(|p| p.id()).collect::<Vec<_>>(), ["geonames:20", "geonames:10"]);
    assert_eq!(syria.alpha3("SY"), Some("SYR"));
    assert_eq!(syria.find("Beroea").count(), 1);
    assert_eq!(syria.find("ALP").count() + syria.find("Junk").count() + syria.find("Nulle Part").count(), 0);
}

#[test]
fn geojson_areas_stand_at_their_middle() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Zone Verte",
        "kind":"region"},"geometry":{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,49],[2,48]]]}}]}"#;
    let own = build(folder.path(), "own.idx", &[("zones.geojson", text)]).unwrap();
    let zone = own.place(own.find("zone verte").next().unwrap().place);
    assert_eq!((zone.lat(), zone.lon()), (48.5, 2.5));
    assert!(zone.radius_m() > 50_000 && zone.radius_m() < 100_000);
}

#[test]
fn wrong_inputs_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text, wanted) in [
        ("a.csv", "name,lat\nX,1\n", "no column `lon`"),
        ("b.csv", "name,lat,lon\nParis,48,2\nLyon,north,4\n", "b.csv:3"),
        ("c.csv", "name,lat,lon\nParis,148,2\n", "outside the globe"),
        ("d.txt", "not\ta\tdump\n", "d.txt:1"),
        ("e.geojson", "{", "not GeoJSON"),
        ("f.zip", "PK", "unzip"),
        ("countryInfo.txt", "#\n", "no file of places"),
    ] {
        let error = build(folder.path(), "x.idx", &[(file, text)]).unwrap_err();
        assert!(error.contains(wanted), "{file}: {error}");
        assert!(!folder.path().join("x.idx").exists(), "{file} left an index");
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count(),
        0
    );
}

#[test]
fn damaged_indexes_are_told() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "own.idx", &[("own.csv", CSV)]).unwrap();
    let whole = fs::read(folder.path().join("own.idx")).unwrap();
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Gazetteer::open(&path).and_then(|g| g.verify()).unwrap_err().to_string()
    };
    assert!(open("empty.idx", b"").contains("empty"));
    assert!(
        open("foreign.idx", b"SQLite format 3\0 and more of it than a header")
            .contains("not a gazetteer index")
    );
    assert!(open("cut.idx", &whole[..whole.len() - 7]).contains("announced"));
    let mut later = whole.clone();
    later[8] = 99;
    assert!(open("later.idx", &later).contains("version 99"));
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    assert!(open("flipped.idx", &flipped).contains("damaged"));
    let missing = Gazetteer::open(folder.path().join("missing.idx")).unwrap_err().to_string();
    assert!(missing.contains("missing.idx"));
}
