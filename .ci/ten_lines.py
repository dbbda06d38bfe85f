"""ten_lines.py PROJECT [LEAST_ANNOTATIONS LEAST_LAYERS LEAST_LINKS]: what any Python program can rely on."""
import hashlib, json, sys

project = json.load(open(sys.argv[1], encoding="utf-8"))
least = [int(number) for number in sys.argv[2:]] or [1, 1, 0]
texts = {document["id"]: document["text"] for document in project["documents"]}
for document in project["documents"]:
    assert document["digest"] == "sha256:" + hashlib.sha256(document["text"].encode()).hexdigest(), document["id"]
for annotation in project["annotations"]:
    assert texts[annotation["document"]][annotation["start"] : annotation["end"]] == annotation["quote"], annotation
ends = {record["id"] for record in project["annotations"] + project["entities"]}
assert all(link["from"] in ends and link["to"] in ends for link in project["links"])
found = [len(project["annotations"]), len({a["layer"] for a in project["annotations"]}), len(project["links"])]
assert all(n >= m for n, m in zip(found, least)), f"{found} is less than {least}"
print(f"{sys.argv[1]}: {found[0]} annotations of {found[1]} layers and {found[2]} links say what the text says")
