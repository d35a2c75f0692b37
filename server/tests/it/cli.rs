//! The program as its operator meets it.

use std::io::{Read as _, Write as _};

use crate::support::Process;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[test]
fn the_demo_loads_twice_and_the_trail_holds() {
    let dir = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let demo = Process::run(dir.path(), &["demo", "--password", "a long demo password"]);
        assert!(demo.status.success(), "{}", text(&demo.stderr));
    }
    let verify = Process::run(dir.path(), &["audit", "verify"]);
    assert!(verify.status.success() && text(&verify.stdout).contains("document.publish"), "{}", text(&verify.stderr));
    assert!(text(&verify.stdout).lines().last().unwrap().starts_with("intact: "));
    let token = Process::run(
        dir.path(),
        &["token", "create", "--email", "anna@acme.example", "--name", "t", "--scope", "documents:read"],
    );
    assert_eq!(text(&token.stdout).lines().count(), 1, "the token stands alone");
    assert!(text(&token.stdout).starts_with("kontor_"));
    let wrong = Process::run(dir.path(), &["token", "create", "--email", "nobody@acme.example", "--name", "t"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(text(&wrong.stderr).lines().count(), 1);
}

#[test]
fn people_are_made_with_a_strong_password_only() {
    let dir = tempfile::tempdir().unwrap();
    let create = |role: &str, more: &[&str], password: &str| {
        let mut arguments =
            vec!["user", "create", "--email", "ada@example.org", "--name", "Ada", "--role", role, "--password-stdin"];
        arguments.extend_from_slice(more);
        Process::run_with_input(dir.path(), &arguments, password)
    };
    assert_eq!(create("administrator", &[], "short\n").status.code(), Some(1));
    assert_eq!(create("king", &[], "correct horse battery\n").status.code(), Some(1));
    assert_eq!(create("customer", &[], "correct horse battery\n").status.code(), Some(1));
    let made = create("administrator", &[], "correct horse battery\n");
    assert!(made.status.success(), "{}", text(&made.stderr));
    let again = create("administrator", &[], "correct horse battery\n");
    assert!(text(&again.stderr).contains("already"), "{}", text(&again.stderr));
}

#[test]
fn an_installation_is_set_up_from_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| Process::run_with_input(dir.path(), arguments, "correct horse battery\n");
    let create = ["organisation", "create", "--slug", "muster", "--name", "Muster AG", "--number", "K-1"];
    assert!(run(&create).status.success());
    assert!(text(&run(&create).stderr).contains("taken"));
    let user =
        |email, role| run(&["user", "create", "--email", email, "--name", "Jo", "--role", role, "--password-stdin"]);
    assert!(user("jo@example.org", "project_manager").status.success());
    let assign = |slug, email| run(&["organisation", "assign", "--slug", slug, "--email", email, "--contact"]);
    assert!(assign("muster", "jo@example.org").status.success());
    assert_eq!(assign("nobody", "jo@example.org").status.code(), Some(1));
    assert_eq!(assign("muster", "who@example.org").status.code(), Some(1));
    let customer = [
        "user",
        "create",
        "--email",
        "c@muster.example",
        "--name",
        "C",
        "--role",
        "customer_admin",
        "--organisation",
        "muster",
        "--password-stdin",
    ];
    assert!(run(&customer).status.success());
    let fails = |arguments: &[&str], why: &str| {
        let result = run(arguments);
        assert_eq!(result.status.code(), Some(1), "{arguments:?}");
        assert!(text(&result.stderr).contains(why), "{}", text(&result.stderr));
    };
    let group = ["group", "create", "--slug", "key", "--name", "Key accounts"];
    assert!(run(&group).status.success());
    fails(&group, "taken");
    assert!(run(&["group", "add", "--slug", "key", "--organisation", "muster"]).status.success());
    fails(&["group", "add", "--slug", "none", "--organisation", "muster"], "no such group");
    fails(&["group", "add", "--slug", "key", "--organisation", "none"], "no such customer");
    let project = ["project", "create", "--organisation", "muster", "--slug", "line-1", "--name", "Line 1"];
    assert!(run(&project).status.success());
    fails(&project, "taken");
    assert!(run(&["project", "add", "--slug", "line-1", "--email", "C@Muster.example"]).status.success());
    fails(&["project", "add", "--slug", "line-1", "--email", "jo@example.org"], "nobody of the project's customer");
    fails(&["project", "add", "--slug", "none", "--email", "c@muster.example"], "no such project");
    let off = ["project", "remove", "--slug", "line-1", "--email", "c@muster.example"];
    assert!(run(&off).status.success());
    fails(&off, "not on the project");
    let out = ["group", "remove", "--slug", "key", "--organisation", "muster"];
    assert!(run(&out).status.success());
    fails(&out, "not in this group");
    let trail = text(&Process::run(dir.path(), &["audit", "verify"]).stdout);
    for act in [
        "group.remove",
        "project.remove",
        "organisation.assign",
        "group.create",
        "group.add",
        "project.create",
        "project.add",
    ] {
        assert!(trail.contains(act), "{act}: {trail}");
    }
}

#[test]
fn wrong_usage_and_wrong_configuration_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Process::run(dir.path(), &["no-such-command"]).status.code(), Some(2));
    std::fs::write(dir.path().join("kontor.toml"), "adress = 'x'\n").unwrap();
    std::fs::set_permissions(dir.path().join("kontor.toml"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    let unknown = Process::run(dir.path(), &["migrate"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("unknown name adress"), "{}", text(&unknown.stderr));
    std::fs::set_permissions(dir.path().join("kontor.toml"), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();
    let readable = Process::run(dir.path(), &["migrate"]);
    assert!(text(&readable.stderr).contains("may be read by everybody"), "{}", text(&readable.stderr));
}

#[test]
fn doctor_says_what_is_in_force() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    let doctor = Process::run(dir.path(), &["doctor"]);
    let said = text(&doctor.stdout);
    assert!(doctor.status.success(), "{said}");
    for part in ["KONTOR_DATABASE_URL", "ok   database", "ok   schema", "ok   store", "ok   previews"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_the_program_knows_of_itself_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let routes: serde_json::Value =
        serde_json::from_slice(&Process::run(dir.path(), &["routes", "--json"]).stdout).unwrap();
    assert!(
        routes
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["path"] == "/api/v1/documents/{id}/publish" && r["policy"] == "document.publish")
    );
    let openapi: serde_json::Value = serde_json::from_slice(&Process::run(dir.path(), &["openapi"]).stdout).unwrap();
    assert!(openapi["paths"]["/api/v1/documents"].is_object());
    assert!(text(&Process::run(dir.path(), &["policy", "--markdown"]).stdout).contains("| `document.publish` money |"));
    assert!(!dir.path().join("data").exists(), "asking makes nothing");
}

#[test]
fn one_server_owns_a_database_and_other_commands_work_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let first = Process::serve(dir.path(), &[]);
    let second = Process::run(dir.path(), &["serve"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("in use by another kontor process"), "{}", text(&second.stderr));
    let demo = Process::run(dir.path(), &["demo", "--password", "a long demo password"]);
    assert!(demo.status.success(), "{}", text(&demo.stderr));
    let token =
        text(&Process::run(dir.path(), &["token", "create", "--email", "anna@acme.example", "--name", "t"]).stdout);
    let request = format!(
        "GET /api/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    assert!(text(&first.request(&request, b"")).contains("RF-400"));
    for command in [&["audit", "verify", "--quiet"][..], &["doctor"]] {
        let beside = Process::run(dir.path(), command);
        assert!(beside.status.success(), "{command:?}: {}", text(&beside.stderr));
    }
    first.kill();
}

#[test]
fn the_log_and_the_metrics_say_what_was_asked_and_not_by_whom() {
    let dir = tempfile::tempdir().unwrap();
    let process = Process::serve(dir.path(), &[]);
    let password = "a long demo password";
    assert!(Process::run(dir.path(), &["demo", "--password", password]).status.success());
    let token = Process::run(dir.path(), &["token", "create", "--email", "anna@acme.example", "--name", "t"]).stdout;
    let token = text(&token).trim().to_owned();
    let get = |path: &str, header: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n{header}Connection: close\r\n\r\n");
        text(&process.request(&request, b""))
    };
    let bearer = format!("Authorization: Bearer {token}\r\n");
    // What was just loaded may not be in the index of words yet: only the asking counts here.
    let found = get("/api/v1/documents?search=Rahmenvertrag", &bearer);
    assert!(found.starts_with("HTTP/1.1 200"), "{found}");
    let list = get("/api/v1/documents", &bearer);
    let id = list.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(get(&format!("/api/v1/documents/{id}"), &bearer).starts_with("HTTP/1.1 200"));
    let form = format!("email=anna%40acme.example&password={}", password.replace(' ', "+"));
    let signed_in = process.request(
        &format!("POST /_fn/sign_in/sign_in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n", form.len()),
        form.as_bytes(),
    );
    let signed_in = text(&signed_in);
    let cookie = signed_in.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    assert!(get("/search?q=Anna+Albers", &format!("Cookie: {cookie}\r\n")).starts_with("HTTP/1.1 200"));
    let metrics = get("/metrics", "");
    assert!(
        metrics.contains("kontor_http_requests_total{") && metrics.contains("route=\"/api/v1/documents/{id}\""),
        "{metrics}"
    );
    assert!(metrics.contains("kontor_http_request_seconds") && metrics.contains("kontor_jobs{"), "{metrics}");
    let log = process.stop();
    let events: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let asked = |route: &str| {
        events.iter().find(|event| event["fields"]["route"] == route).unwrap_or_else(|| panic!("{route}: {log}"))
    };
    let found = asked("/search");
    assert_eq!((&found["fields"]["method"], &found["fields"]["status"]), (&"GET".into(), &200.into()));
    assert_eq!(found["span"]["id"].as_str().map(str::len), Some(32), "{found}");
    let session = cookie.split('=').nth(1).unwrap();
    for secret in ["anna", "Anna", "Albers", "acme", "Rahmenvertrag", token.as_str(), session, "demo password"] {
        assert!(!log.contains(secret), "the log says {secret}: {log}");
        assert!(!metrics.contains(secret), "the metrics say {secret}");
    }
}

#[test]
fn a_stop_lets_the_request_in_flight_end_and_exits_with_0() {
    let dir = tempfile::tempdir().unwrap();
    let process = Process::serve(dir.path(), &[]);
    let mut stream = process.connect();
    let body = "email=x&password=y";
    write!(stream, "POST /_fn/sign_in/sign_in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}", body.len(), &body[..4]).unwrap();
    // The request has begun when the server has answered another one behind it.
    process.request("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"");
    process.terminate();
    stream.write_all(&body.as_bytes()[4..]).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 303"), "{}", text(&answer));
    assert_eq!(process.wait(), 0);
}

#[test]
fn a_client_that_never_finishes_its_headers_is_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let process = Process::serve(dir.path(), &[]);
    let lines = [&b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "[..], b"P", b""].map(|start| {
        let mut stream = process.connect();
        stream.write_all(start).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        stream
    });
    for mut stream in lines {
        let mut answer = Vec::new();
        assert!(stream.read_to_end(&mut answer).is_ok(), "the connection stayed open");
    }
    process.kill();
}

#[test]
fn people_are_looked_after_at_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["demo", "--password", "a long demo password"]).status.success());
    let run = |arguments: &[&str]| Process::run_with_input(dir.path(), arguments, "correct horse battery\n");
    let says = |arguments: &[&str], part: &str| {
        let result = run(arguments);
        let said = text(&result.stdout);
        assert!(result.status.success() && said.contains(part), "{arguments:?}: {said} {}", text(&result.stderr));
        said
    };
    let fails = |arguments: &[&str], why: &str| {
        let result = run(arguments);
        assert_eq!(result.status.code(), Some(1), "{arguments:?}");
        assert!(text(&result.stderr).contains(why), "{}", text(&result.stderr));
    };
    let list = says(&["user", "list"], "anna@acme.example\tactive\tadmin@acme");
    assert_eq!(list.lines().count(), 13);
    says(&["user", "show", "--email", "anna@acme.example"], "acme (admin, active)");
    fails(&["user", "show", "--email", "nobody@acme.example"], "nobody has this address");
    says(&["user", "suspend", "--email", "anna@acme.example"], "cannot sign in");
    says(&["user", "suspend", "--email", "anna@acme.example"], "cannot sign in");
    says(&["user", "list"], "anna@acme.example\tsuspended");
    says(&["user", "restore", "--email", "anna@acme.example"], "can sign in");
    fails(&["user", "suspend", "--email", "admin@nordlicht.example"], "last administrator");
    fails(&["user", "set-role", "--email", "admin@nordlicht.example", "--role", "sales"], "last administrator");
    says(&["user", "set-role", "--email", "pm@nordlicht.example", "--role", "administrator"], "is administrator");
    says(&["user", "suspend", "--email", "admin@nordlicht.example"], "cannot sign in");
    fails(&["user", "set-role", "--email", "anna@acme.example", "--role", "sales"], "customer");
    fails(&["user", "set-role", "--email", "anna@acme.example", "--role", "customer"], "organisation");
    let partner = ["user", "set-role", "--email", "anna@acme.example", "--role", "partner", "--organisation", "acme"];
    fails(&partner, "last administrator");
    says(
        &["user", "set-role", "--email", "ben@acme.example", "--role", "customer_admin", "--organisation", "acme"],
        "is customer_admin",
    );
    says(&partner, "is partner");
    says(&["user", "show", "--email", "anna@acme.example"], "acme (partner, active)");
    let invite = ["user", "invite", "--email", "ina@acme.example", "--name", "Ina", "--role", "customer"];
    fails(&invite, "organisation");
    says(&["user", "invite", "--email", "new@nordlicht.example", "--name", "New", "--role", "sales"], "is invited");
    says(&[&invite[..3], &["new@acme.example"], &invite[4..], &["--organisation", "acme"]].concat(), "is invited");
    says(&["user", "set-password", "--email", "ben@acme.example", "--password-stdin"], "new password");
    says(&["user", "sign-out", "--email", "ben@acme.example"], "0 sessions");
    let trail = text(&Process::run(dir.path(), &["audit", "verify"]).stdout);
    for act in ["user.suspend", "user.restore", "user.role", "member.change", "user.password", "session.end_all"] {
        assert!(trail.contains(act), "{act}");
    }
}

#[test]
fn customers_and_groups_are_looked_after_at_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["demo", "--password", "a long demo password"]).status.success());
    let run = |arguments: &[&str]| Process::run(dir.path(), arguments);
    let says = |arguments: &[&str], part: &str| {
        let result = run(arguments);
        let said = text(&result.stdout);
        assert!(result.status.success() && said.contains(part), "{arguments:?}: {said} {}", text(&result.stderr));
        said
    };
    let fails = |arguments: &[&str], why: &str| {
        let result = run(arguments);
        assert_eq!((result.status.code(), text(&result.stderr).lines().count()), (Some(1), 1), "{arguments:?}");
        assert!(text(&result.stderr).contains(why), "{}", text(&result.stderr));
    };
    let list = says(&["organisation", "list"], "acme\tactive\tK-10417\t");
    assert!(
        list.lines().any(|line| line.starts_with("borealis\t") && line.ends_with("\tBorealis Logistik BV")),
        "{list}"
    );
    assert_eq!(says(&["organisation", "list", "--search", "werke"], "acme\t").lines().count(), 1);
    assert_eq!(text(&run(&["organisation", "list", "--archived"]).stdout), "");
    says(&["organisation", "archive", "--slug", "acme"], "acme is archived");
    says(&["organisation", "archive", "--slug", "acme"], "acme is archived");
    says(&["organisation", "list", "--archived"], "acme\tarchived\t");
    assert!(!text(&run(&["organisation", "list"]).stdout).contains("acme\t"));
    says(&["user", "show", "--email", "ben@acme.example"], "acme (member, suspended)");
    says(&["organisation", "restore", "--slug", "acme"], "acme is restored");
    says(&["user", "show", "--email", "ben@acme.example"], "acme (member, active)");
    fails(&["organisation", "archive", "--slug", "nobody"], "no such customer");
    assert_eq!(run(&["organisation", "archive"]).status.code(), Some(2));

    says(&["group", "create", "--slug", "north", "--name", "North"], "north is a group");
    says(&["group", "list"], "key-accounts\t2\tKey accounts");
    says(&["group", "rename", "--slug", "north", "--name", "Far north"], "north is called Far north");
    says(&["group", "add", "--slug", "north", "--organisation", "acme"], "acme is in north");
    says(&["group", "list"], "north\t1\tFar north");
    fails(&["group", "rename", "--slug", "none", "--name", "None"], "no such group");
    fails(&["group", "rename", "--slug", "north", "--name", " "], "name");
    says(&["group", "delete", "--slug", "north"], "north is deleted");
    fails(&["group", "delete", "--slug", "north"], "no such group");
    for help in
        [&["organisation", "list", "--help"][..], &["group", "rename", "--help"], &["invitation", "resend", "--help"]]
    {
        says(help, "Usage: kontor ");
    }
    let trail = text(&run(&["audit", "verify"]).stdout);
    for act in ["organisation.archive", "organisation.restore", "group.rename", "group.delete"] {
        assert!(trail.contains(act), "{act}");
    }
    assert_eq!(trail.matches("organisation.archive").count(), 1, "once is as good as twice");
}

#[test]
fn invitations_are_listed_sent_again_and_taken_back_at_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["demo", "--password", "a long demo password"]).status.success());
    let run = |arguments: &[&str]| Process::run(dir.path(), arguments);
    let invite = |email: &str, role: &str, more: &[&str]| {
        let arguments = ["user", "invite", "--email", email, "--name", "Ilse Ihlow", "--role", role];
        let result = run(&[&arguments[..], more].concat());
        assert!(result.status.success(), "{}", text(&result.stderr));
    };
    invite("ilse@acme.example", "customer", &["--organisation", "acme"]);
    invite("ilse@nordlicht.example", "sales", &[]);
    let listed = |more: &[&str]| text(&run(&[&["invitation", "list"], more].concat()).stdout);
    let line_of = |list: &str, email: &str| -> Vec<String> {
        let line = list.lines().find(|line| line.contains(email)).unwrap_or_else(|| panic!("{email}: {list}"));
        line.split('\t').map(str::to_owned).collect()
    };
    let staff = line_of(&listed(&[]), "ilse@nordlicht.example");
    assert_eq!(
        (staff[1].as_str(), &staff[3..]),
        ("open", &["sales", "ilse@nordlicht.example", "Ilse Ihlow"].map(str::to_owned)[..])
    );
    let acme = line_of(&listed(&["--organisation", "acme", "--open"]), "ilse@acme.example");
    assert_eq!((acme[1].as_str(), acme[3].as_str()), ("open", "customer"));
    assert!(!listed(&[]).contains("ilse@acme.example"));

    let resend = |id: &str| run(&["invitation", "resend", id]);
    assert!(text(&resend(&acme[0]).stdout).starts_with("ilse@acme.example is invited again, until "));
    assert!(text(&run(&["invitation", "withdraw", &acme[0]]).stdout).contains("is taken back"));
    for again in [resend(&acme[0]), run(&["invitation", "withdraw", &acme[0]])] {
        assert_eq!((again.status.code(), text(&again.stderr).lines().count()), (Some(1), 1), "{}", text(&again.stderr));
    }
    assert!(!listed(&["--organisation", "acme", "--open"]).contains("ilse@acme.example"));
    assert_eq!(line_of(&listed(&["--organisation", "acme"]), "ilse@acme.example")[1], "withdrawn");
    let unknown = resend("01900000-0000-7000-8000-000000000001");
    assert_eq!(
        (unknown.status.code(), text(&unknown.stderr)),
        (Some(1), "kontor: there is no such invitation".to_owned())
    );
    assert_eq!(resend("odd").status.code(), Some(2));
    assert_eq!(run(&["invitation", "list", "--organisation", "nobody"]).status.code(), Some(1));
    let trail = text(&run(&["audit", "verify"]).stdout);
    assert!(trail.contains("invitation.resend") && trail.contains("invitation.withdraw"), "{trail}");
}

#[test]
fn tokens_are_made_with_an_end_listed_and_taken_back_at_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["demo", "--password", "a long demo password"]).status.success());
    let token = |arguments: &[&str]| Process::run(dir.path(), &[&["token"], arguments].concat());
    let create =
        ["create", "--email", "pm@nordlicht.example", "--name", "ERP", "--scope", "documents", "--expires", "30"];
    let secret = text(&token(&create).stdout);
    assert!(secret.starts_with("kontor_") && secret.lines().count() == 1, "{secret}");
    assert_eq!(
        token(&["create", "--email", "pm@nordlicht.example", "--name", "x", "--expires", "0"]).status.code(),
        Some(2)
    );
    let listed = text(&token(&["list", "--email", "pm@nordlicht.example"]).stdout);
    let fields: Vec<&str> = listed.split('\t').collect();
    assert!(fields[1].starts_with("until ") && fields[2..] == ["never used", "documents", "ERP"], "{listed}");
    assert!(!listed.contains("kontor_"));
    assert!(text(&token(&["revoke", fields[0]]).stdout).contains("is revoked"));
    assert_eq!(token(&["revoke", fields[0]]).status.code(), Some(1));
    assert_eq!(text(&token(&["list", "--email", "pm@nordlicht.example"]).stdout), "");
}

/// Changes the database of a data directory, beside the program.
fn change(dir: &std::path::Path, text: &str) {
    let url = format!("sqlite:{}", dir.join("data/kontor.sqlite").display());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let db = app::db::DbOptions::parse(&url).unwrap().connect(app::db::PoolSizes { connections: 1 }).await.unwrap();
        db.raw(text.to_owned()).await.unwrap();
        db.close().await;
    });
}

/// A job that was given up, put into the database as a worker leaves it.
fn insert_dead_job(dir: &std::path::Path, id: &str) {
    let id = id.replace('-', "");
    change(
        dir,
        &format!(
            "INSERT INTO jobs (id, kind, topic, payload, state, due_at, attempts, max_attempts, last_error, scope, created_at, finished_at) VALUES (x'{id}', 'mail', 'invitation', '{{}}', 'dead', 0, 3, 18, 'SMTP 550 5.1.1', '', 0, 0)"
        ),
    );
}

#[test]
fn the_job_queue_is_looked_after_from_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| Process::run(dir.path(), arguments);
    assert!(run(&["migrate"]).status.success());
    let (first, second) = ("01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002");
    insert_dead_job(dir.path(), first);
    insert_dead_job(dir.path(), second);
    let list = text(&run(&["jobs", "list", "--state", "dead", "--kind", "mail"]).stdout);
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.starts_with(second) && list.contains("mail:invitation") && list.ends_with("SMTP 550 5.1.1"), "{list}");
    assert!(run(&["jobs", "drop", first]).status.success());
    let again = run(&["jobs", "drop", first]);
    assert_eq!((again.status.code(), text(&again.stderr)), (Some(1), "kontor: there is no such job".to_owned()));
    assert_eq!(text(&run(&["jobs", "retry", "--failed"]).stdout), "1 jobs are tried again");
    assert!(text(&run(&["jobs", "list", "--state", "waiting"]).stdout).starts_with(second));
    assert!(run(&["jobs", "retry", second]).status.success());
    assert_eq!(run(&["jobs", "retry"]).status.code(), Some(2));
    assert_eq!(run(&["jobs", "list", "--state", "odd"]).status.code(), Some(1));
    let verify = run(&["audit", "verify"]);
    assert!(text(&verify.stdout).contains("job.drop") && text(&verify.stdout).contains("job.retry"));
}

#[test]
fn letters_can_be_looked_at_before_anybody_gets_them() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| Process::run(dir.path(), arguments);
    let one = text(&run(&["mail", "preview", "password_reset", "--locale", "de"]).stdout);
    assert!(one.starts_with("Subject: Neues Passwort") && one.contains("Guten Tag Ben Brandt,"), "{one}");
    let out = dir.path().join("letters");
    assert!(run(&["mail", "preview", "--out", out.to_str().unwrap()]).status.success());
    let letters = app::mail::Template::ALL.len() * app::i18n::Locale::ALL.len();
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), letters * 2);
    let html = std::fs::read_to_string(out.join("invitation.nl.html")).unwrap();
    assert!(html.starts_with("<!doctype html><html lang=\"nl\">"));
    assert_eq!(run(&["mail", "preview", "love_letter"]).status.code(), Some(1));
    assert_eq!(run(&["mail", "preview", "--locale", "fr"]).status.code(), Some(1));
}

fn set_mode(path: &std::path::Path, mode: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

fn mode_of(path: &std::path::Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
}

/// What doctor says with this in its environment, and that it fails.
fn doctor_fails(dir: &std::path::Path, environment: &[(&str, &str)]) -> String {
    let doctor = crate::support::kontor(dir).envs(environment.iter().copied()).arg("doctor").output().unwrap();
    let said = text(&doctor.stdout);
    assert_eq!(doctor.status.code(), Some(1), "{said}");
    said
}

#[test]
fn doctor_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let said = doctor_fails(dir.path(), &[]);
    for part in ["FAIL database", "kontor migrate", "FAIL store", "ok   key        none yet", "ok   mail"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!dir.path().join("data").exists());
    let elsewhere = format!("sqlite:{}", dir.path().join("other.sqlite").display());
    assert!(doctor_fails(dir.path(), &[("KONTOR_DATABASE_URL", &elsewhere)]).contains("FAIL database"));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn doctor_refuses_the_key_that_a_start_refuses() {
    let dir = tempfile::tempdir().unwrap();
    let starts = |environment: &[(&str, &str)]| {
        let migrate = crate::support::kontor(dir.path()).envs(environment.iter().copied()).arg("migrate").output();
        migrate.unwrap().status.success()
    };
    assert!(starts(&[]));
    let key = dir.path().join("data/secret.key");
    let fingerprint = text(&Process::run(dir.path(), &["keys", "fingerprint"]).stdout);
    let well = text(&Process::run(dir.path(), &["doctor"]).stdout);
    assert!(well.contains(&format!("ok   key        {fingerprint}")), "{fingerprint}: {well}");

    let other = [("KONTOR_SECRET_KEY", crate::support::SECRET_KEY)];
    let said = doctor_fails(dir.path(), &other);
    assert!(said.contains("FAIL key        KONTOR_SECRET_KEY: not the key"), "{said}");
    assert!(!starts(&other));

    set_mode(&key, 0o644);
    let said = doctor_fails(dir.path(), &[]);
    assert!(said.contains("FAIL key") && said.contains("may be read by everybody"), "{said}");
    assert!(!starts(&[]));

    std::fs::remove_file(&key).unwrap();
    let said = doctor_fails(dir.path(), &[]);
    assert!(said.contains("FAIL key        KONTOR_SECRET_KEY: not the key"), "{said}");
    assert!(!key.exists(), "doctor makes no key");
}

#[test]
fn doctor_says_what_does_not_answer_and_what_is_not_safe() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    let clamd = format!("tcp://{}", crate::smtp::nowhere());
    let said = doctor_fails(dir.path(), &[("KONTOR_CLAMD", &clamd), ("KONTOR_BASE_URL", "http://portal.example")]);
    assert!(said.contains("FAIL scanner") && said.contains("FAIL base URL   not https"), "{said}");
    assert!(said.contains("ok   database") && said.contains("ok   store"), "what is well stays so: {said}");
    // A server that has no such database.
    let mut database = url::Url::parse(&crate::support::postgres_admin()).unwrap();
    database.set_path("/nobody_made_it");
    database.set_password(Some("geheim")).unwrap();
    let said = doctor_fails(dir.path(), &[("KONTOR_DATABASE_URL", database.as_str())]);
    let database = said.lines().find(|line| line.contains("FAIL database")).unwrap();
    assert!(database.contains("nobody_made_it"), "{said}");
    assert!(said.contains("FAIL schema") && said.contains("ok   store"), "{said}");
    assert!(said.contains(":***@") && !said.contains("geheim"), "{said}");
}

#[test]
fn doctor_says_whether_the_schema_fits_the_program() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    change(
        dir.path(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99999999, 'of a later version', TRUE, x'00', 0)",
    );
    assert!(doctor_fails(dir.path(), &[]).contains("FAIL schema     a newer version of Kontor has used it"));
    change(
        dir.path(),
        "DELETE FROM _sqlx_migrations WHERE version >= (SELECT MAX(version) FROM _sqlx_migrations WHERE version < 99999999)",
    );
    assert!(doctor_fails(dir.path(), &[]).contains("FAIL schema     behind: run kontor migrate"));
}

#[test]
fn doctor_writes_into_the_store_and_leaves_nothing_there() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    let well = Process::run(dir.path(), &["doctor"]);
    assert!(well.status.success() && text(&well.stdout).contains("ok   store      folder"), "{}", text(&well.stdout));
    assert_eq!(std::fs::read_dir(dir.path().join("data/files")).unwrap().count(), 0);
    // A folder that answers and that nobody can write to, whoever runs the tests.
    let said = doctor_fails(dir.path(), &[("KONTOR_STORE_URL", "file:/proc")]);
    assert!(said.contains("FAIL store      folder: cannot be written"), "{said}");
}

#[test]
fn a_data_directory_that_is_open_to_others_is_closed_where_it_is_ours() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let migrate = || Process::run(dir.path(), &["migrate"]);
    // Made by somebody else for it, and empty.
    set_mode(&data, 0o755);
    assert!(migrate().status.success());
    assert_eq!(mode_of(&data), 0o700);
    set_mode(&data, 0o750);
    assert!(migrate().status.success() && mode_of(&data) == 0o750, "its group may read, where somebody wants that");
    set_mode(&data, 0o777);
    let said = doctor_fails(dir.path(), &[]);
    assert!(said.contains("FAIL data") && said.contains("is open to others"), "{said}");
    assert!(migrate().status.success());
    assert_eq!(mode_of(&data), 0o700);

    let shared = dir.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::write(shared.join("letter.txt"), "of somebody else").unwrap();
    set_mode(&shared, 0o755);
    let place = [("KONTOR_DATA_DIR", shared.to_str().unwrap()), ("KONTOR_DATABASE_URL", "sqlite:elsewhere.sqlite")];
    let migrated = crate::support::kontor(dir.path()).envs(place).arg("migrate").output().unwrap();
    assert!(migrated.status.success(), "{}", text(&migrated.stderr));
    assert_eq!(mode_of(&shared), 0o755, "it is not ours to close");
    let said = doctor_fails(dir.path(), &place);
    assert!(said.contains("FAIL data") && said.contains("is open to others"), "{said}");
}
