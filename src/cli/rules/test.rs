//! `caveat rules test`: the cases that are written beside the rules of a project's own.

use super::super::Exit;
use super::super::args::{InputArguments, SettingsFile};
use super::super::failure::Failure;
use super::super::place::{self, Place};
use super::super::run::Run;
use super::super::terminal::Streams;
use caveat::config::cases::{self, Tested};
use caveat::config::unused;
use caveat::diagnostic::Severity;
use caveat::policy::Judged;
use caveat::render;
use caveat::words::counted;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Run the cases that are written beside the rules of your own, and look for something they are about
///
/// A case below `fail` is one in which the rule has to report something, and a case below `pass` one in which it
/// looks at something and reports nothing. A rule that finds nothing to look at in the files of the project is an
/// error, too.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    settings: SettingsFile,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let mut place = Place::of(place::working_folder()?, &arguments.settings)?;
    let Some((file, origins)) = place.file.clone().filter(|_| !place.settings.custom.is_empty())
    else {
        streams.complain("nothing was tested: no rule is written under `custom` in the settings");
        return Ok(Exit::Nothing);
    };
    let Tested { cases, mut wrong } = cases::test(&place.settings, &file);
    place.settings.only = place.settings.custom.iter().map(|rule| rule.id.to_owned()).collect();
    place.settings.keep_claims = false;
    let everything = InputArguments { no_cache: true, ..InputArguments::default() };
    let run = Run::new(place, &everything, streams)?;
    if let Some(exit) = run.show_faults(streams) {
        return Ok(exit);
    }
    let has_files = run.reports().next().is_some();
    let looked_at = run.project.looked_at();
    if has_files {
        let idle = unused::idle_rules(&run.place.settings, &file, &origins, &looked_at);
        wrong.extend(idle.into_iter().map(|own| Judged::new(Severity::Error, own)));
    }
    wrong.sort_by_key(|own| own.diagnostic.primary.span);
    let sources = BTreeMap::from([(file.path.clone(), file)]);
    let style = streams.style(&run.place.view());
    let mut text: String = wrong.iter().map(|own| render::snippet(own, &sources, &style)).collect();
    let width = cases.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    for ((id, count), (_, places)) in cases.iter().zip(&looked_at) {
        let (count, places) = (counted(*count, "case"), counted(*places, "place"));
        writeln!(text, "{id:width$}  {count}, {places} in the project").expect("writing to memory");
    }
    streams.print(|out| out.write_all(text.as_bytes()))?;
    streams.remark(&summary(&cases, &wrong));
    let fails = wrong.iter().any(|own| own.severity == Severity::Error);
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

fn summary(cases: &[(&str, usize)], wrong: &[Judged]) -> String {
    let all = cases.iter().map(|(_, count)| count).sum::<usize>();
    let of = |severity| wrong.iter().filter(|own| own.severity == severity).count();
    let told = render::found(&[(of(Severity::Error), "error"), (of(Severity::Warning), "warning")]);
    format!("tested {} with {}: {told}", counted(cases.len(), "rule"), counted(all, "case"))
}
