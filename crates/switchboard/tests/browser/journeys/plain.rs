//! Without JavaScript.

use anyhow::{Result, ensure};
use browser::Look;

use crate::harness::{Journey, Needs};
use crate::world::World;

pub const WITHOUT_SCRIPTS: Journey =
    Journey { name: "everything_works_without_scripts", needs: Needs::Browser, run: without_scripts };

fn without_scripts(world: &World) -> Result<()> {
    let window = world.window(&Look { scripts: false, ..Look::default() })?;
    // First, that there really are none.
    window.goto("data:text/html,<title>no</title><body>none<script>document.title='yes'</script>")?;
    let title = window.eval("return document.title", serde_json::json!([]))?;
    ensure!(title == "no", "the browser runs scripts after all");
    window.goto("/")?;
    let question = window.text_of(".case .title")?;
    window.click(".case .title")?;
    window.sees(&question)?;
    window.fill("#q", &question)?;
    window.click("form.ask button")?;
    window.wait("the answer", |window| Ok(window.path()?.contains("q=")))?;
    window.sees(&question)
}
