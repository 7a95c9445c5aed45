//! Links of the documents to files of this repository, and to headings in them.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use xtask::workspace_root;

use super::{files, read};

/// The text without what stands in fences, line for line.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let lines = text.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fenced || fence { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The anchors of the headings, as GitHub makes them.
fn anchors(text: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let text = prose(text);
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading.chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings
        .map(anchor)
        .map(|anchor| {
            let before = seen.entry(anchor.clone()).or_default();
            *before += 1;
            if *before == 1 { anchor } else { format!("{anchor}-{}", *before - 1) }
        })
        .collect()
}

/// What is wrong with the links of one document.
fn broken(document: &Path) -> Vec<String> {
    let text = prose(&read(document));
    let links = text.match_indices("](").filter_map(|(at, _)| {
        let target = text[at + 2..].split_once(')')?.0;
        Some((text[..at].lines().count(), target))
    });
    let inside = links.filter(|(_, target)| !target.contains("://") && !target.starts_with("mailto:"));
    let wrong = inside.filter_map(|(line, target)| {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let file = if path.is_empty() { document.to_owned() } else { document.with_file_name("").join(path) };
        let problem = match anchor {
            _ if !file.exists() => "there is no such file",
            Some(anchor) if !anchors(&read(&file)).iter().any(|other| other == anchor) => "there is no such heading",
            _ => return None,
        };
        let document = document.strip_prefix(workspace_root()).unwrap_or(document);
        Some(format!("{}:{line}: `{target}`: {problem}", document.display()))
    });
    wrong.collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = workspace_root();
    let mut documents: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|document| root.join(document)).into();
    documents.extend(files(&root.join("docs"), "md"));
    let broken: Vec<_> = documents.iter().flat_map(|document| broken(document)).collect();
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn headings_have_the_anchors_that_github_gives_them() {
    let text = "# A `fence`: why?\n```sh\n# a comment\n```\n## Again\n## Again\n## Continue-as-new\n";
    assert_eq!(anchors(text), ["a-fence-why", "again", "again-1", "continue-as-new"]);
}
