//! Sentences and what is said of them, kind by kind.

use super::*;

fn body(sentence: &str) -> Judgement {
    judge(sentence, &Context::default())
}

fn in_role(role: Role, sentence: &str) -> Judgement {
    judge(sentence, &Context { role, ..Context::default() })
}

#[track_caller]
fn claims(kind: ClaimKind, need: Need, sentences: &[&str]) {
    for sentence in sentences {
        let found = body(sentence);
        assert_eq!((found.kind, found.need), (Some(kind), need), "{sentence}: {found:?}");
    }
}

#[track_caller]
fn silent(sentences: &[&str]) {
    for sentence in sentences {
        let found = body(sentence);
        assert_eq!(found.need, Need::No, "{sentence}: {found:?}");
    }
}

#[track_caller]
fn focus(sentence: &str, words: &str) {
    assert_eq!(&sentence[body(sentence).focus], words, "{sentence}");
}

#[test]
fn statistics() {
    claims(
        ClaimKind::Statistic,
        Need::Must,
        &[
            "80 percent of people have back pain.",
            "Roughly four in five adults had knee pain at some time.",
        ],
    );
    silent(&[
        "Hold for 30 seconds, 3 sets of 10.",
        "1. Stand up.",
        "Chapter 4 takes 10 minutes to read.",
    ]);
}

#[test]
fn prevalence() {
    claims(
        ClaimKind::Prevalence,
        Need::Must,
        &["Many people with hip pain sleep badly.", "Most adults experience neck pain."],
    );
    silent(&["Do most of the exercises twice.", "Many thanks to the team."]);
}

#[test]
fn causes_and_risks() {
    claims(
        ClaimKind::Causal,
        Need::Must,
        &["Smoking is linked to back pain.", "Age and injury raise the risk of osteoarthritis."],
    );
    silent(&["Stop, because the video is over.", "What causes back pain?"]);
}

#[test]
fn treatments() {
    claims(
        ClaimKind::Therapeutic,
        Need::Must,
        &[
            "Massage relieves tension in the neck.",
            "Surgery is effective for severe hip arthritis.",
        ],
    );
    silent(&["Talk to your doctor about treatment.", "Massage the calf with both hands."]);
}

#[test]
fn plain_claims_are_firm() {
    for sentence in [
        "According to the research, walking is good for the back.",
        "The evidence is clear: strength training protects the joints.",
        "The literature suggests that posture has little to do with pain.",
        "A Malmö study found that standing desks burn 50 more calories a day.",
        "Studies prove that magnesium stops cramps.",
        "The risk of a fall is three times higher after a first fall.",
        "Low back pain is the leading cause of disability worldwide.",
        "You lose 1% of your muscle mass every year after 40.",
        "A lack of vitamin D affects a billion people.",
        "Walking 10,000 steps a day lowers your risk of dying early.",
        "Opioids are no better than placebo for acute back pain.",
        "Graded walking is associated with better sleep and less pain at 17 weeks.",
        "Balance training reduces the time to stand up more than usual care does.",
        "The odds ratio for back pain in smokers was 1.3.",
        "This way to treat back pain is backed by science.",
    ] {
        assert!(body(sentence).firm, "{sentence}: {:?}", body(sentence));
    }
    for sentence in [
        "Push with 60% of your strength.",
        "Pain is a common cause of worry.",
        "The queue at the desk is shorter than usual carers expect.",
        "Pain usually settles within 6 weeks.",
        "The risk of a fine is higher in town.",
        "According to the research plan, the team meets weekly.",
        "The odds ratio compares two groups.",
        "It is supported by research.",
        "There is no cause of pain that a scan can show.",
    ] {
        assert!(!body(sentence).firm, "{sentence}: {:?}", body(sentence));
    }
}

#[test]
fn what_is_told_behind_a_product() {
    claims(
        ClaimKind::Statistic,
        Need::Must,
        &[
            "Use it: 9 out of 10 users feel less pain.",
            "Try the belt: 90% of users have less pain.",
        ],
    );
    silent(&["Rate your pain: 3 out of 10 is mild.", "Do it so: 8 out of 10 repetitions slowly."]);
}

#[test]
fn a_short_bare_assertion_is_enough() {
    assert_eq!(body("Running does not cause arthritis.").need, Need::Must);
    assert_eq!(body("Running may cause arthritis.").need, Need::Must);
}

#[test]
fn comparisons() {
    claims(
        ClaimKind::Comparative,
        Need::Must,
        &[
            "Hip exercises work better than knee exercises.",
            "Cyclists get less knee pain compared with runners.",
        ],
    );
    silent(&["Use a chair rather than a stool.", "You are more than welcome."]);
}

#[test]
fn appeals_to_research() {
    claims(
        ClaimKind::Evidence,
        Need::Must,
        &[
            "Studies show that walking eases back pain.",
            "There is good evidence that yoga is safe.",
        ],
    );
    silent(&["In our study we used a questionnaire.", "Blood studies were done on Monday."]);
}

#[test]
fn attributions() {
    claims(
        ClaimKind::Attribution,
        Need::Must,
        &[
            "\u{201c}The spine is strong and made to move,\u{201d} says the surgeon.",
            "According to the guideline, \"exercise comes first for everyone\".",
        ],
    );
    silent(&["Say \"ah\".", "Sam said hello."]);
}

#[test]
fn history() {
    claims(
        ClaimKind::Historical,
        Need::Should,
        &[
            "Knee replacement was first described in 1890.",
            "The first hip implants date from the last century, in 1938.",
        ],
    );
    silent(&["Copyright 2019.", "Last updated in 2020."]);
}

#[test]
fn numbers_behind_instructions() {
    for text in [
        "Stand up every half hour: it lowers blood sugar by 17%.",
        "Use a standing desk; users report 32% less pain.",
        "Move every half hour to cut your risk of pain by 40%.",
        "Reduce your risk of another injury by up to 50%.",
    ] {
        assert_eq!(body(text).need, Need::Must, "{text}: {:?}", body(text));
        assert!(body(text).firm, "{text}");
    }
    silent(&[
        "Warm up well: raise your heart rate to 60% of your maximum.",
        "Reduce the load on the knee by 10% every week.",
        "Cut your running by 30%; rest when it hurts.",
        "Increase the weight slowly: add 10% when the pain settles.",
        "Keep it easy; your effort is about 60% at first.",
    ]);
}

#[test]
fn muscles_at_work_are_no_treatment() {
    for text in [
        "The soleus works here.",
        "The gluteus medius works hardest when you stand on one leg.",
        "Your psoas works well when you lift the knee.",
        "The muscle works against gravity.",
    ] {
        assert_ne!(body(text).kind, Some(ClaimKind::Therapeutic), "{text}");
    }
    for text in ["Massage of the neck works well.", "Stretching the hip works for most people."] {
        assert_eq!(body(text).kind, Some(ClaimKind::Therapeutic), "{text}");
    }
}

#[test]
fn definitions_and_anatomy() {
    claims(
        ClaimKind::Definition,
        Need::Should,
        &["Tendons connect muscle to bone.", "The knee is a joint, also known as a hinge."],
    );
    silent(&["Bones and joints", "The knee:", "It is the hip.", "These are the quadriceps."]);
}

#[test]
fn recommendations() {
    claims(
        ClaimKind::Recommendation,
        Need::Should,
        &[
            "You should aim for at least 7 hours of sleep each night.",
            "Adults should walk for 30 minutes on five days of the week.",
        ],
    );
    silent(&["You should hold this for 30 seconds.", "You should see the blue button."]);
}

#[test]
fn products() {
    claims(
        ClaimKind::Product,
        Need::Must,
        &["Our belt relieves back pain.", "This cushion corrects your posture while you sit."],
    );
    silent(&["Use a cushion under the knee.", "The belt comes in four sizes."]);
}

#[test]
fn the_focus_is_the_number_or_the_appeal() {
    focus("About 80 percent of people have back pain.", "80 percent");
    focus("Pain fell by 12.5\u{a0}% in a year.", "12.5\u{a0}%");
    focus("Recent trials show that walking helps.", "Recent trials show");
    focus("Rates of falls in adults are 28.5 deaths per 100,000.", "28.5 deaths per 100,000");
    focus("The rate of falls per 100,000 adults rose from 19.5 in 2001 to 30 in 2010.", "19.5");
    focus("The rate is the number of falls per 1,000 adults a year.", "per 1,000 adults a year");
    focus("Nine out of ten episodes of pain pass.", "Nine out of ten");
}

#[test]
fn text_that_asserts_nothing_is_left_alone() {
    silent(&[
        "",
        "How many adults get back pain?",
        "True or false: 80% of adults get back pain?",
        "The lumbar spine has ____ vertebrae and 80% of pain.",
        "This lesson covers how pain works.",
        "Keeping your back straight, lift the bar.",
        "If it hurts, stop the exercise.",
        "Rectus femoris: rest the head on a pillow if the neck tires.",
        "Outer hip: expect effort in the muscle, not in the lower back.",
        "The goal is a calm and easy movement.",
        "You may notice a mild ache in your shoulder the next day.",
        "I think walking helps my back.",
        "Learn more about back pain here.",
        "Maria, 34, has had back pain for ten years.",
        "Tom (52) hurt his knee while skiing.",
    ]);
}

#[test]
fn a_story_goes_on_with_a_pronoun() {
    let previous = Some("Maria, 34, works in an office.");
    let found =
        judge("Her pain often gets worse at work.", &Context { previous, ..Context::default() });
    assert_eq!(found.need, Need::No);
    assert_eq!(body("Pain often gets worse at work.").need, Need::Must);
    assert_eq!(body("A note: rest eases back pain.").need, body("Rest eases back pain.").need);
}

#[test]
fn place_decides_where_words_do_not() {
    let claim = "80 percent of adults get back pain.";
    assert_eq!(in_role(Role::Option, claim).need, Need::No);
    assert_eq!(
        judge(claim, &Context { element: Element::Heading, ..Context::default() }).need,
        Need::No
    );
    assert_eq!(in_role(Role::Explanation, claim).need, Need::Must);
    assert_eq!(in_role(Role::Prompt, "Scans always find the cause of pain.").need, Need::No);
    assert_eq!(in_role(Role::Instruction, "Your knees stay over your feet.").need, Need::No);
    assert_eq!(in_role(Role::Safety, "Not recommended after abdominal surgery.").need, Need::No);
    assert_ne!(in_role(Role::Instruction, "This cuts the load on the knee by 50%.").need, Need::No);
}

#[test]
fn a_condition_is_no_claim() {
    for text in ["A fracture of the hip that has not healed.", "Any knee injury that is swollen"] {
        assert_ne!(body(text).need, Need::No, "{text}");
        assert_eq!(in_role(Role::Safety, text).need, Need::No, "{text}");
    }
    for text in [
        "A knee that is bent causes pain, and so does a hip.",
        "A warm-up that is done well prevents most injuries of the knee and hip.",
    ] {
        assert_ne!(in_role(Role::Safety, text).need, Need::No, "{text}");
    }
}

#[test]
fn a_list_of_topics_claims_nothing() {
    let item =
        |text| judge(text, &Context { element: Element::ListItem, ..Context::default() }).need;
    for text in
        ["how danger signals travel from the skin to the brain", "why rest causes back pain;"]
    {
        assert_ne!(body(text).need, Need::No, "{text}");
        assert_eq!(item(text), Need::No, "{text}");
    }
    assert_ne!(item("Rest causes back pain;"), Need::No);
    assert_ne!(item("how 80% of adults get back pain"), Need::No);
}

#[test]
fn prices_and_marks_are_no_statistics() {
    let counts = |text: &str| body(text).cues.iter().any(|cue| cue.name == "percentage");
    for text in [
        "Students and people over 65 get 10% off.",
        "Members get a 15% discount on pain courses.",
        "Late work on back pain loses 10% of the marks per day.",
        "The exam on pain counts for 70 percent of the final grade.",
    ] {
        assert!(!counts(text) && !body(text).firm, "{text}");
    }
    for text in [
        "Of patients with back pain, 10% of the marketed group got worse.",
        "About 10% of the older adults with pain fell.",
    ] {
        assert!(counts(text), "{text}");
    }
}

#[test]
fn items_continue_the_claim_of_their_lead_in() {
    let item = |lead_in| {
        judge("reduce pain", &Context { lead_in, element: Element::ListItem, ..Context::default() })
    };
    assert_eq!(item(Some("Regular exercise can help to:")).need, Need::Must);
    assert_eq!(item(Some("Do this now:")).need, Need::No);
    assert_eq!(item(None).need, Need::No);
}

#[test]
fn other_scripts_and_signs_are_no_trouble() {
    let text = "Dans une étude, 80\u{202f}% des patients – environ – vont mieux.";
    let found = body(text);
    assert_eq!(found.kind, Some(ClaimKind::Statistic));
    assert_eq!(&text[found.focus], "80\u{202f}%");
    for text in [
        "é",
        "腰痛は80%の人に",
        "\u{2019}",
        "\u{e2}\u{80}",
        "½ of %",
        "5\u{2013}",
        "\u{201c}",
        "a\u{2019}",
    ] {
        let found = body(text);
        assert!(
            text.get(found.focus).is_some()
                && found.cues.iter().all(|cue| text.get(cue.range.clone()).is_some())
        );
    }
}

#[test]
fn the_cues_sum_to_the_score() {
    let found =
        body("Most people with hip pain improve within 12 weeks, and surgery is rarely needed.");
    assert_eq!(found.cues.iter().map(|cue| cue.weight).sum::<i32>(), found.score);
    assert_eq!(found.band, Band::of(found.score));
}

#[test]
fn names_of_parts_of_the_body_count_nothing() {
    let counts = |text: &str| {
        let counting = ["average", "how often", "share of a group"];
        body(text).cues.iter().any(|cue| counting.contains(&cue.name))
    };
    for text in [
        "The median nerve passes through the carpal tunnel.",
        "The median, ulnar and radial nerves cross the elbow.",
        "The median plane divides the body.",
        "The common fibular nerve winds around the neck of the fibula.",
        "The Common Flexor Tendon starts at the inner elbow.",
        "The upper third of the thigh bone is covered by muscle.",
        "The anterior half of the disc is thicker.",
    ] {
        assert!(!counts(text), "{text}");
    }
    for text in [
        "The median pain score fell by two points.",
        "The median number of nerves was three.",
        "A common nerve problem is a pressure on the elbow.",
        "A common tendon injury is seen at the elbow.",
        "A third of the discs were thinner.",
        "The lower third of patients had more pain.",
    ] {
        assert!(counts(text), "{text}");
    }
}

#[test]
fn the_end_of_upper_is_no_unit() {
    focus("The upper half of the patients improved.", "half of the patients");
}

#[test]
fn what_changes_nothing() {
    silent(&[
        "Lower calf and ankle",
        "Advise patients with back pain to stay active.",
        "Elevation: Encourage elevation of the foot when resting.",
    ]);
    claims(
        ClaimKind::Causal,
        Need::Must,
        &["Sleep loss lowers the risk of nothing and raises the risk of falls."],
    );
}

#[test]
fn a_sort_of_a_thing_is_no_change() {
    silent(&["The clinic offers time-restricted eating and other plans."]);
}

#[test]
fn shares_without_a_known_verb() {
    claims(
        ClaimKind::Statistic,
        Need::Must,
        &["Recurrence rate: 20-70% of running injuries recur"],
    );
    silent(&["Week 1: 50% of the volume before the injury"]);
}

#[test]
fn items_below_aims_and_signs() {
    let below = |heading: &str, item: &str| {
        let context =
            Context { element: Element::ListItem, heading: Some(heading), ..Context::default() };
        judge(item, &context).need
    };
    assert_eq!(below("2. Treatment goals:", "Reduce knee pain within 4 weeks."), Need::No);
    assert_eq!(below("Learning outcomes", "Understand the impact of falls"), Need::No);
    assert_eq!(below("Red flags: stop at once", "Pain that causes limping"), Need::No);
    for heading in ["Key claims", "Setting goals", "Facts about knee pain"] {
        assert_ne!(
            below(heading, "Squats reduce knee pain within 4 weeks."),
            Need::No,
            "{heading}"
        );
    }
    assert_ne!(below("Red flags", "Chest pain causes heart failure."), Need::No);
}

#[test]
fn a_lifetime_of_something_is_no_rate() {
    let found = body("Care for your joints now for a lifetime of happy walks.");
    assert_ne!(found.kind, Some(ClaimKind::Statistic), "{found:?}");
}
