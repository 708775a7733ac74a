//! Marks of whole texts, notation by notation.

use super::*;
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::parse;

fn targets(markdown: &str) -> Vec<String> {
    let file = SourceFile::new(FilePath::new("a.md"), markdown, Format::Markdown);
    let document = parse(&file);
    let keys = ["own-2020"];
    let beside = Beside { source: &file.text, keys: &keys, ..Beside::default() };
    let found = find(document.body.as_ref().unwrap(), beside);
    found
        .marks
        .iter()
        .map(|mark| {
            let note = if mark.note { " (a note)" } else { "" };
            let words = match &mark.target {
                CitationTarget::Key(key) => format!("@{key}"),
                CitationTarget::BareKey(key) => format!("bare @{key}"),
                CitationTarget::Number { number, listed } => format!("{number}/{listed}"),
                CitationTarget::Footnote { label, defined } => format!("^{label} {defined}"),
                CitationTarget::AuthorYear { surname, year } => format!("{surname} {year}"),
                CitationTarget::Link(target) => target.to_string(),
            };
            format!("{} = {words}{note}", file.slice(mark.span))
        })
        .collect()
}

#[test]
fn keys_and_footnotes() {
    assert_eq!(
        targets(
            "Pain is common [@who-2023; see @nice, p. 3].[^1] Mail me[@home].\n\n[^1]: A note."
        ),
        [
            "[@who-2023; see @nice, p. 3] = @who-2023",
            "[@who-2023; see @nice, p. 3] = @nice",
            "[^1] = ^1 true (a note)",
            "[@home] = @home"
        ]
    );
}

#[test]
fn notes_of_works() {
    assert_eq!(
        targets(
            "It settles [[roe2020]], it lasts ([[Sources/hay_2021a#p3|Hay 2021]]). See [[Neck pain]] and [[2020]]."
        ),
        ["[[roe2020]] = bare @roe2020", "[[Sources/hay_2021a#p3|Hay 2021]] = bare @hay_2021a"]
    );
}

#[test]
fn a_mark_of_keys_has_an_end() {
    let in_brackets = |text: &str| {
        let found = targets(text);
        found.iter().filter(|mark| mark.starts_with('[')).count()
    };
    let keys = |count| format!("L\u{e4}ngre [{}@nice].", "@who-2023; ".repeat(count));
    assert_eq!(in_brackets(&keys(80)), 81);
    assert_eq!(in_brackets(&keys(200)), 0);
    assert_eq!(in_brackets("L\u{e4}ngre [see @nice\nand @roe]."), 1);
    assert_eq!(in_brackets("L\u{e4}ngre [see @nice\\\nand @roe]."), 0);
}

#[test]
fn a_doi_inside_of_a_doi_is_part_of_it() {
    assert_eq!(
        targets("L\u{e4}ngre: 10.1000/182/10.1000/a, and (10.1000/b)."),
        ["10.1000/182/10.1000/a = 10.1000/182/10.1000/a", "10.1000/b = 10.1000/b"]
    );
    assert_eq!(
        targets("See [10.1000/c](https://doi.org/10.1000/c) 10.1000/d"),
        [
            "[10.1000/c](https://doi.org/10.1000/c) = https://doi.org/10.1000/c",
            "10.1000/d = 10.1000/d"
        ]
    );
}

#[test]
fn keys_of_latex() {
    assert_eq!(
        targets(
            "L\u{e4}ngre: it helps \\cite{roe-2020,own-2020}. It lasts \\citep[p. 3]{roe-2020}."
        ),
        [
            "\\cite{roe-2020,own-2020} = @roe-2020",
            "\\cite{roe-2020,own-2020} = @own-2020",
            "\\citep[p. 3]{roe-2020} = @roe-2020",
        ]
    );
    assert_eq!(targets("Write \\cite with {braces}, or `\\cite{x}`."), Vec::<String>::new());
}

#[test]
fn keys_to_press_are_no_numbers_of_a_list() {
    for text in [
        "Press [1] to start and [2] to stop. Then press [2].",
        "If you feel pain, press the key [3].",
        "Choose [1], [2] or [3].",
        "You see [1] or [2] in the menu.",
        "Tap [1].\n\n| Key | What |\n|---|---|\n| [1] | Hips |",
    ] {
        assert_eq!(targets(text), Vec::<String>::new(), "{text}");
    }
    let list = "\n\n## References\n\n1. Smith.\n";
    assert_eq!(targets(&format!("Many choose [1].{list}")), ["[1] = 1/1"]);
    assert_eq!(targets("It helps [1]. Many choose rest [2]."), ["[1] = 1/0", "[2] = 2/0"]);
}

#[test]
fn items_that_begin_with_their_number() {
    let list = "\n\n## References \u{2755}\n\n- [2] Roe 2020.\n- [7] Smith 2021.\n";
    let cited = ["[7] = 7/7", "2 = 2/7"];
    assert_eq!(targets(&format!("It helps [7]. It lasts [2](#references).{list}")), cited);
    for text in ["It helps [9](#references).", "See figures 1 and [2](#fig2)."] {
        assert_eq!(targets(&format!("{text}{list}")), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_with_an_apostrophe() {
    assert_eq!(
        targets("It is so (d'Hooge et al., 2012)."),
        ["(d'Hooge et al., 2012) = d'hooge 2012"]
    );
    assert_eq!(
        targets("L\u{2019}Hermette et al. (2006) saw it."),
        ["L\u{2019}Hermette et al. (2006) = l'hermette 2006"]
    );
    assert_eq!(targets("As d\u{2019}Hooge (2012) said."), ["d\u{2019}Hooge (2012) = d'hooge 2012"]);
    assert_eq!(targets("It is so ('t Hooft, 2019)."), ["('t Hooft, 2019) = hooft 2019"]);
}

#[test]
fn numbers_need_a_list_or_emphasis() {
    let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n";
    assert_eq!(
        targets(&format!("It helps [1, 2]. It hurts (_2_).{list}")),
        ["[1, 2] = 1/2", "[1, 2] = 2/2", "(_2_) = 2/2"]
    );
    assert_eq!(
        targets(&format!("First: (1) wash, (2) rinse and (3) dry.{list}")),
        Vec::<String>::new()
    );
    assert_eq!(targets("In all (n = 12) it was seen (2019) in (see there)."), Vec::<String>::new());
    assert_eq!(targets("It eases pain. 1, 2 Many people notice."), ["1, 2 = 1/0", "1, 2 = 2/0"]);
    assert_eq!(targets("Do it 3 times. 10, 12 or 15 is fine."), Vec::<String>::new());
}

#[test]
fn authors_years_and_links() {
    assert_eq!(
        targets("It helps (Sørensen et al., 2019; Jones, 2020)."),
        [
            "(Sørensen et al., 2019; Jones, 2020) = sørensen 2019",
            "(Sørensen et al., 2019; Jones, 2020) = jones 2020",
        ]
    );
    assert_eq!(
        targets("Smith et al. (2019) saw it in May (2019)."),
        ["Smith et al. (2019) = smith 2019"]
    );
    assert_eq!(
        targets(
            "It helps [WHO 2020; Roe et al. 2019]. It lasts [Accessed 2020] [Last updated 2021]."
        ),
        ["[WHO 2020; Roe et al. 2019] = who 2020", "[WHO 2020; Roe et al. 2019] = roe 2019",]
    );
    assert_eq!(
        targets("Smith (2019, *J Sports Sci*) saw it. So did Runners (2015, n = 30) of Lund."),
        ["Smith (2019, *J Sports Sci*) = smith 2019"]
    );
    assert_eq!(
        targets("See [the review](https://a.org/x) or doi:10.1136/bmj.g1687, not [this](#top)."),
        [
            "10.1136/bmj.g1687 = 10.1136/bmj.g1687",
            "[the review](https://a.org/x) = https://a.org/x"
        ]
        .iter()
        .rev()
        .map(|s| (*s).to_owned())
        .collect::<Vec<_>>()
    );
}

#[test]
fn authors_with_the_names_of_months() {
    let text =
        "It helps (Page, Ågren & Roe, p. 145, 2011). So say March et al. (2014) [May & Roe, 2012].";
    assert_eq!(
        targets(text),
        [
            "(Page, Ågren & Roe, p. 145, 2011) = page 2011",
            "March et al. (2014) = march 2014",
            "[May & Roe, 2012] = may 2012",
        ]
    );
    let dates = "It rose (March, April and May 2014), fell (May, 2015; Spring & Summer 2016), rose (In May, 2017).";
    assert_eq!(targets(dates), Vec::<String>::new());
}

#[test]
fn footnotes_that_explain_support_nothing() {
    assert_eq!(
        targets(
            "It helps.[^a] It lasts.[^b] It is.[^c] It was.[^d] So.[^e] Och så.[^f]\n\n\
             [^a]: Here \"helps\" means less pain on the day.\n\
             [^b]: Smith 2020, on something.\n\
             [^c]: See https://example.org/x.\n\
             [^d]: As [@who] says.\n\
             [^e]: Since 2020 we count it in weeks.\n\
             [^f]: Clinic Notes. See own-2020.\n"
        )
        .into_iter()
        .filter(|line| line.starts_with("[^"))
        .collect::<Vec<_>>(),
        [
            "[^a] = ^a true (a note)",
            "[^b] = ^b true",
            "[^c] = ^c true",
            "[^d] = ^d true",
            "[^e] = ^e true (a note)",
            "[^f] = ^f true",
        ]
    );
}

#[test]
fn bare_keys_are_those_of_the_file() {
    assert_eq!(
        targets("It helps (@own-2020). Mail @other or me@own-2020, not @own-2020b or @own-2020/x."),
        ["@own-2020 = @own-2020"]
    );
}

#[test]
fn bare_keys_of_a_bibliography() {
    assert_eq!(
        targets(
            "@hayden2021 found it, as @van-tulder_2006a did. Follow @backclinic, @nurse24 or \
             me@smith2020.org, `@roe2020` and [@poe2020](https://a.org)."
        ),
        [
            "@hayden2021 = bare @hayden2021",
            "@van-tulder_2006a = bare @van-tulder_2006a",
            "[@poe2020](https://a.org) = https://a.org",
        ]
    );
    assert_eq!(targets("It does [*r* = .4; @zale2013]."), ["[*r* = .4; @zale2013] = @zale2013"]);
    assert_eq!(targets("See [@fig-knee] and [call us; me@own.org]."), [""; 0]);
}

#[test]
fn surnames_with_particles_and_works_without_a_year() {
    let found = |text: &str| targets(text).pop().unwrap_or_default();
    for (text, wanted) in [
        ("(van Tulder, 2006)", "tulder 2006"),
        ("(see also de la Cruz & Roe, 2011)", "cruz 2011"),
        ("(Van den Berg et al., 2011)", "berg 2011"),
        ("(Smith, n.d.)", "smith n.d."),
        ("(Al, 2010)", "al 2010"),
        ("(Roe, in press)", "roe in press"),
    ] {
        assert_eq!(found(&format!("It helps {text}.")), format!("{text} = {wanted}"));
    }
    assert_eq!(found("Roe (n.d.) saw it."), "Roe (n.d.) = roe n.d.");
    assert_eq!(found("It helps (since 2010), it helps (de, 2010)."), "");
}

#[test]
fn raised_numbers_that_nothing_has() {
    assert_eq!(
        targets("It helps.<sup>3</sup> It stays.^2^ It was.\u{b9}"),
        ["3 = 3/0", "2 = 2/0", "\u{b9} = 1/0"]
    );
    assert_eq!(
        targets("It has 4 m<sup>2</sup>, x<sup>2</sup> and 10<sup>3</sup> on 5 cm.<sup>2</sup>"),
        ["2 = 2/0 (a note)", "2 = 2/0 (a note)", "3 = 3/0 (a note)", "2 = 2/0 (a note)"]
    );
    assert_eq!(
        targets("It weighs 5 kg/m\u{b2}.\u{b9} It is 3 m.\u{b2}"),
        ["\u{b9} = 1/0 (a note)", "\u{b2} = 2/0 (a note)"]
    );
}

#[test]
fn numbers_with_links() {
    assert_eq!(
        targets(
            "It helps.<sup><a href=\"#r1\">1</a></sup> It stays.<sup><a href=\"#r9\">9</a></sup>\n\n\
             <div><p id=\"r1\">Smith A. Hips. 2020.</p></div>\n"
        ),
        ["1 = #r1", "9 = 9/0"]
    );
    assert_eq!(
        targets("It helps [[1]](https://a.org/x), it is [[2]](#pain).\n\n## Pain\n"),
        ["[[1]](https://a.org/x) = https://a.org/x", "[2] = #pain"]
    );
    assert_eq!(
        targets("It helps.<sup>1</sup>\n\n<ol>\n<li>Smith A. Hips. 2020.</li>\n</ol>\n"),
        ["1 = 1/1"]
    );
}

#[test]
fn notes_that_raised_numbers_lead_to() {
    assert_eq!(
        targets(
            "It helps.\u{b9} It is.\u{b2} It was.\u{b3}\n\n\
             \u{b9} Smith A. Hips. BMJ 2020.\n\u{b2} Most of them.\n"
        ),
        ["\u{b9} = 1/2", "\u{b2} = 2/2 (a note)", "\u{b3} = 3/0"]
    );
    assert_eq!(
        targets("\u{b9}\u{b3}C breath tests find it.\u{b9}\u{b3} They last.\u{b9}\u{2070}"),
        ["\u{b9}\u{b3} = 13/0 (a note)", "\u{b9}\u{b3} = 13/0 (a note)", "\u{b9}\u{2070} = 10/0",]
    );
    for note in ["<sup>1</sup> Smith A. 2020.", "^1^ Smith A. 2020.", "1 Smith A. 2020."] {
        let found = targets(&format!("It helps.<sup>1</sup>\n\n{note}"));
        assert_eq!(found, ["1 = 1/1"], "{note}");
    }
}

#[test]
fn raised_digits_and_tags() {
    let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n";
    assert_eq!(
        targets(&format!("It helps.\u{b9}\u{b2} It weighs 5 kg/m\u{b2} or 3\u{b2}.{list}")),
        ["\u{b9}\u{b2} = 1/2", "\u{b9}\u{b2} = 2/2"]
    );
    assert_eq!(
        targets(&format!("It helps.\u{b2} It is.\u{b9}{list}")),
        ["\u{b2} = 2/2", "\u{b9} = 1/2"]
    );
    assert_eq!(
        targets(&format!(
            "It helps.<sup><a href=\"#ref1\">1</a></sup> It lasts.<sup>2</sup> On the 4<sup>th</sup>.{list}"
        )),
        ["1 = 1/2", "2 = 2/2"]
    );
    assert_eq!(
        targets(
            "It helps <a href=\"https://a.org/x\">they say</a>, see <a href=\"#top\">above</a>."
        ),
        ["they say = https://a.org/x"]
    );
    assert_eq!(
        targets("It helps.<ref>Smith 2020</ref> It lasts.<ref name=\"s\"/>"),
        ["Smith 2020 = Smith 2020", " = <ref name=\"s\"/>"]
    );
}

#[test]
fn code_and_enumerations_cite_nothing() {
    let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n3. Lee.\n";
    assert_eq!(
        targets(&format!("Take `a[1]` and `b(2)`, (1) first, (2) second.{list}")),
        Vec::<String>::new()
    );
    assert_eq!(
        targets(&format!("It helps [1-3].{list}")),
        ["[1-3] = 1/3", "[1-3] = 2/3", "[1-3] = 3/3"]
    );
}

#[test]
fn a_raised_number_that_lost_its_height() {
    let list = "\n\n## References\n\n1. Roe A. Hips. Phys Ther 2020;100:1-9.\n2. Poe B. Knees. BMJ 2019;3:4.\n";
    let numbers = |text: &str| {
        let found = targets(&format!("{text}{list}"));
        found.into_iter().filter(|own| own.ends_with("/2")).collect::<Vec<_>>()
    };
    assert_eq!(
        numbers("It eases pain.1 Many people know (most of them).2"),
        ["1 = 1/2", "2 = 2/2"]
    );
    assert_eq!(
        numbers("They call it \u{201c}a help.\u{201d} 1, 2 Many do."),
        ["1, 2 = 1/2", "1, 2 = 2/2"]
    );
    assert_eq!(numbers("They call it \u{201c}step 1.\u{201d} 1, 2 Go."), [""; 0]);
    assert_eq!(numbers("It eases pain.3"), [""; 0]);
    assert_eq!(numbers("It took 3.2 weeks, see section 1.1 Hips."), [""; 0]);
}

#[test]
fn the_source_cited_before() {
    assert_eq!(
        targets("It helps (R\u{f6}e 2019). Rest does too (ibid., p. 3), and so on (same study)."),
        [
            "(R\u{f6}e 2019) = r\u{f6}e 2019",
            "(ibid., p. 3) = r\u{f6}e 2019",
            "(same study) = r\u{f6}e 2019"
        ]
    );
    for text in
        ["It helps (ibid.).", "It helps (R\u{f6}e 2019; same study", "(same studying) it (ibid"]
    {
        assert!(targets(text).len() <= 1, "{text}");
    }
}

#[test]
fn places_in_journals() {
    assert_eq!(
        targets("It helps, BMJ 2019;364:k5120. So does rest, 1999; 3(Suppl 1): S12."),
        ["2019;364:k5120 = 2019;364:k5120", "1999; 3(Suppl 1): S12 = 1999; 3(Suppl 1): S12"]
    );
    assert_eq!(
        targets("In 2019; at 12:30. 12019;3:4 and 2019;a:4, 2019;3: four"),
        Vec::<String>::new()
    );
}

#[test]
fn authors_and_a_year_without_brackets() {
    assert_eq!(
        targets("\u{c5}berg *et al.* 2006 saw 19%. Roe et al., 2019a too (Hay et al. 2020)."),
        [
            "\u{c5}berg *et al.* 2006 = \u{e5}berg 2006",
            "Roe et al., 2019a = roe 2019",
            "(Hay et al. 2020) = hay 2020"
        ]
    );
    assert_eq!(targets("They et al 20060 and roe et al. 2019, Smith et al. in 2019."), [""; 0]);
}

#[test]
fn papers_that_are_kept_beside_a_text() {
    assert_eq!(
        targets("[Roe 1978](../papers/Roe1978.PDF) says so, [here](more.md)."),
        ["[Roe 1978](../papers/Roe1978.PDF) = ../papers/Roe1978.PDF"]
    );
}

#[test]
fn numbers_that_lead_to_a_note_in_html() {
    let text = "Pain eases <span id=\"r1\"><a href=\"#fn:1\">1</a></span>, <a href=\"#gone\">2</a>.\n\n<ol>\n<li id=\"fn:1\"><a href=\"https://example.org/a\">A</a></li>\n</ol>\n";
    assert_eq!(targets(text), ["1 = 1/1", "A = https://example.org/a"]);
}
