//! `dateline train`: makes the weights of the tagger, and measures them.
//!
//! The table goes to the standard output, the weights to files.

use crate::about::print;
use crate::flags::Train;
use crate::run::Stop;
use dateline::error::{Error, ErrorKind};
use dateline::lang::Lang;
use dateline::tag::train;

/// `dateline train`
pub(crate) fn train(options: &Train) -> Result<(), Stop> {
    if options.corpora.is_none() && options.evaluate.is_none() {
        let nothing = Error::new(ErrorKind::Usage, "nothing to do");
        return Err(Stop::Failed(
            nothing.help("name a folder with corpora, or one to measure on with --evaluate"),
        ));
    }
    let wanted = |lang: &Lang| options.lang.as_ref().is_none_or(|code| Lang::from_code(code) == Some(*lang));
    for lang in Lang::all().filter(wanted) {
        let mut trained = None;
        if let Some(corpora) = &options.corpora {
            let bytes = train::train(lang, corpora, options.clusters.as_deref())?;
            let path = options.output.join(format!("{}.weights", lang.code()));
            std::fs::write(&path, &bytes).map_err(|e| {
                Error::new(ErrorKind::Output, "cannot write the weights").in_file(&path).caused_by(e)
            })?;
            trained = Some(bytes);
        }
        if let Some(gold) = &options.evaluate {
            print(train::evaluate(lang, trained, gold)?.as_bytes())?;
        }
    }
    Ok(())
}
