"""export_says.py PROJECT EXPORT…: whether annotation JSON (or JSON Lines) says what the project's texts say."""
import json
import sys

project = json.load(open(sys.argv[1], encoding="utf-8"))
texts = {document["id"]: document["text"] for document in project["documents"]}
links = {}
for link in project["links"]:
    for end in (link["from"], link["to"]):
        links[end] = links.get(end, 0) + 1
for path in sys.argv[2:]:
    content = open(path, encoding="utf-8").read()
    lines = path.endswith(".jsonl")
    annotations = [json.loads(line) for line in content.splitlines()] if lines else json.loads(content)["annotations"]
    assert sorted(a["id"] for a in annotations) == sorted(a["id"] for a in project["annotations"]), path
    for a in annotations:
        text = texts[a["document"]["id"]]
        assert text[a["start"] : a["end"]] == a["quote"], a["id"]
        utf16, utf8 = text.encode("utf-16-le"), text.encode("utf-8")
        assert utf16[2 * a["utf16"]["start"] : 2 * a["utf16"]["end"]].decode("utf-16-le") == a["quote"], a["id"]
        assert utf8[a["utf8"]["start"] : a["utf8"]["end"]].decode("utf-8") == a["quote"], a["id"]
        assert len(a.get("links", [])) == links.get(a["id"], 0), a["id"]
    print(f"{path}: {len(annotations)} annotations say what the texts say, in three counts")
