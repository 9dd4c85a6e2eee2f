//! The pages about the people behind the numbers, and what their forms do to a real desk.

use axum::http::StatusCode;
use desk::{Approach, Came};

use super::get;
use super::made_up::{NOW, community, empty, person};
use super::people::{Office, main_of};

/// What forms do with a real desk: written down, changed, removed.
#[tokio::test]
async fn approaches_are_written_down() {
    let office = Office::new();
    let noor = person("Noor van Dijk").id;
    let action = format!("/people/{noor}/approaches");
    office.done("/growth/approach", &action, &[("said", "Hello Noor"), ("reason", "asks_well")]).await;
    let kept = office.desk().records::<Approach>().unwrap();
    let (name, one) = kept.first_key_value().unwrap();
    assert_eq!((one.record.person.as_str(), one.record.said.as_str()), (noor.as_str(), "Hello Noor"));
    assert_eq!((one.record.came, one.record.reason.as_str(), one.record.on), (Came::Open, "asks_well", NOW));
    let change = format!("{action}/{name}");
    office.done("/growth/approach", &change, &[("came", "yes"), ("note", "Likes tea.")]).await;
    let record = office.desk().record::<Approach>(name).unwrap().record;
    assert_eq!((record.came, record.note.as_str(), record.said.as_str()), (Came::Yes, "Likes tea.", "Hello Noor"));
    for (action, fields, expected) in [
        (change.as_str(), &[("came", "perhaps")][..], StatusCode::UNPROCESSABLE_ENTITY),
        (action.as_str(), &[][..], StatusCode::UNPROCESSABLE_ENTITY),
        ("/people/nobody/approaches", &[("said", "Hello")][..], StatusCode::NOT_FOUND),
        (
            &format!("/people/{}/approaches/{name}", person("Ada Okafor").id),
            &[("came", "no")][..],
            StatusCode::NOT_FOUND,
        ),
    ] {
        assert_eq!(office.send("/growth/approach", action, fields).await.status, expected, "{action} {fields:?}");
    }
    office.done("/growth/approach", &format!("{change}/remove"), &[]).await;
    assert!(office.desk().records::<Approach>().unwrap().is_empty());
}

/// The five pages, each with something and with nothing.
async fn shows(path: &str) -> String {
    let nothing = main_of(&get(empty(), path).await.body);
    assert!(nothing.starts_with("id=\"main\""), "{path}: {nothing}");
    main_of(&get(community(), path).await.body)
}

#[tokio::test]
async fn whom_to_approach() {
    insta::assert_snapshot!(shows("/growth/approach").await, @r#"
    id="main" tabindex="-1"
    # Whom to approach
    People who could become more of a part of this, and why. With patience and respect: thank first, ask once, take no for an answer. Nothing is sent from here, and whoever does not want to be asked is on no list.
    Who comes and stays Levels First contributions Whom to approach Whom to relieve Who is not heard
    ## Answer without having been asked
    They answer much in one channel, are thanked for it, and are seen nowhere else. Who are they?
    Ayodele Mensah
    answered 19 questions in the last year, 8 of them with thanks
    only on qa, as far as is known
    Which storage engine for small sensors?
    Could be said: Thank you for all your answers on qa.▸ Write down that you spoke to them
    What you saidThank you for all your answers on qa.What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    ## Ask much, and well
    They ask often, come back and say what helped, and hardly answer yet.
    Noor van Dijk
    asked 6 questions in the last year
    Which storage engine for small sensors?
    Could be said: Thank you for asking.
    Approached before, 5 weeks ago: not now▸ Write down that you spoke to them
    What you saidThank you for asking.What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    ## Complain, and care
    They complained more than once and are still here: who does not care goes.
    Nobody complained more than once and stayed.
    ## What came of it
    Chiara Rossinot now: Sam, 5 weeks ago
    Would you like to try an answer?
    In summer, after the exams.
    ▸ What came of it
    What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of itIn summer, after the exams.
    Keep Remove
    Whoever was approached is left in peace for 180 days. Who does not want to be asked at all: tick it on their page.
    "#);
}

#[tokio::test]
async fn first_contributions() {
    assert_eq!(get(community(), "/growth/firsts?kind=dance").await.status, StatusCode::BAD_REQUEST);
    insta::assert_snapshot!(shows("/growth/firsts").await, @r#"
    id="main" tabindex="-1"
    # First contributions
    Since 13 May 2024: to celebrate, to thank, and to ask for the second. Whoever nobody has answered comes first. The drafts are to be read, changed and sent by you, or not.
    Who comes and stays Levels First contributions Whom to approach Whom to relieve Who is not heard
    All
    first change 1
    first message 1
    Noor van Dijk newcomer
    first message: Where do retention rules live now? dev-list, 3 hours ago
    Nobody has answered yet. An answer comes before thanks.Could be said: Hello Noor van Dijk, your question has waited for too long.▸ Write down that you spoke to them
    What you saidHello Noor van Dijk, your question has waited for too long.What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    Chiara Rossi contributor
    first change: Let the backfill skip a segment code, 3 hours agoCould be said: Hello Chiara Rossi, thank you for your first change.
    Could be asked next: Backfill is slow on spinning disks; made something about backfill
    Could guide them, if asked: Bao Trần; gave a first answer 5 months ago, and gave 9 times since▸ Write down that you spoke to them
    What you saidHello Chiara Rossi, thank you for your first change.What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    ## Time for the keys
    Chiara Rossi code/tidepool
    14 changes and 3 reviews in 6 of the last twelve months, and never merged anything there
    The numbers say who does the work; whether they are trusted, and want it, only people know. How much is enough is in the section [levels] of switchboard.toml.
    "#);
}

#[tokio::test]
async fn levels_and_where_people_stop() {
    insta::assert_snapshot!(shows("/growth/levels").await, @r#"
    id="main" tabindex="-1"
    # Levels
    How far people have come, how they move, and at which step most stop. A level says what somebody might like next, never how good they are.
    Who comes and stays Levels First contributions Whom to approach Whom to relieve Who is not heard
    ## Where people stop
    Of those who stood before a step one to two years ago, who took it within a year
    StepStood before itTook itShareHalf of them within
    came back after a week or more most stop hereof 40 whose first question nobody answered 4 came back, of 80 who had an answer 361204033%41 days
    helped or added something for the first time301860%41 days
    ## By quarter
    At the end of each quarter, those who did something in the year before; and who moved in it
    QuarterNewcomersParticipantsContributorsCoreCameTo contributorTo coreDownGone
    Q1 2024311202493341217
    ## What makes a level
    newcomer: first seen in the last 90 days, and no contributor yet
    participant: takes part
    contributor: added to the project once, or helped with 3 questions of others; until 730 days after the last of it
    core: did either in 6 different months of the last twelve; until 180 days after that no longer holds
    A level goes up at once and down slowly. The thresholds are yours: section [levels] of switchboard.toml. Bots are left out; who goes by several names is several people until somebody says that they are one.
    "#);
}

#[tokio::test]
async fn whom_to_relieve() {
    insta::assert_snapshot!(shows("/growth/care").await, @r#"
    id="main" tabindex="-1"
    # Whom to relieve
    Who carries too much, and who has gone quiet. For the team only: what is here is a reason to be kind, never one to judge.
    Who comes and stays Levels First contributions Whom to approach Whom to relieve Who is not heard
    ## Carry most of something
    Ada Okafor most of 4 things
    answers about backfill 88 of 120 in the last year, 73%
    Could take a part: Bao Trần (gave a first answer 5 months ago, and gave 9 times since)
    Backfill hangs at 99 % after upgrading to 1.9
    reviews in code 88 of 120 in the last year, 73%
    Nobody else is near enough to take a part: what could be written down first?
    Backfill hangs at 99 % after upgrading to 1.9
    Could be said: Thank you. What of it should be written down?▸ Write down that you spoke to them
    What you saidThank you. What of it should be written down?What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    ## Have gone quiet
    Bao Trần core
    Usually here every 3 days; not seen for 33 days. The longest pause of the year before was 12 days. Gave 41 times in that year.Could be said: We have not read you for a while and only wanted to say hello.▸ Write down that you spoke to them
    What you saidWe have not read you for a while and only wanted to say hello.What came of itno answer yetsaid yesnot nowdoes not want to
    What should be known of it
    Keep
    Everybody is held against their own rhythm, and only where the places that they are in went on. People have holidays, children and other work: a hello is enough. Write down on their page when somebody is away.
    "#);
}

#[tokio::test]
async fn who_is_not_heard() {
    insta::assert_snapshot!(shows("/growth/unheard").await, @r#"
    id="main" tabindex="-1"
    # Who is not heard
    Whom discussions and questions keep hearing from, and who takes part and was never asked.
    Who comes and stays Levels First contributions Whom to approach Whom to relieve Who is not heard
    ## Never asked
    9 people take part, and were in no discussion and asked nothing since 13 June 2022. Ask some of them next time.
    Ayodele Mensah participant
    there in 7 of the last twelve months, most on qa
    ## Heard most
    14 discussions with 31 people since 13 June 2022; 4 of them made half of those who took part.
    Ada Okafor
    in 12 of the discussions; asked for help 3 times; approached once
    The latest discussions
    RFC: retention by size
    Decide at the desk
    Sam 40 steps of the last 500
    ## In one place, unknown in the others
    dev-list 80 people in the last year, 68 of them nowhere else
    12 also in qa
    qa 60 people in the last year, 48 of them nowhere else, as far as is known: 5 of those may be somebody of elsewhere
    12 also in dev-list
    Ayodele Mensah participant
    did something there 40 times in the last year
    Who may be known elsewhere under another name is not listed.
    "#);
}
