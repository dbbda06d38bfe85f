//! A project file by hand for tests: every kind of record, member and value, in the form in which we write it.
//!
//! [`project_file`] is what [`crate::formats::native::write`](crate::formats::native::write()) must make of it.

use crate::formats::native::read;
use crate::model::Project;
use crate::text::digest_hex;

pub(in crate::formats) const TEXT: &str =
    "A 😀 minister said no. Министр сказал нет.\nThe guest left early.";

/// The file, byte for byte as the program writes it.
pub(in crate::formats) fn project_file() -> String {
    let digest = |text: &str| format!("sha256:{}", digest_hex(text.as_bytes()));
    FILE.replace("{program}", env!("CARGO_PKG_VERSION"))
        .replace("{text}", &TEXT.replace('\n', "\\n"))
        .replace("{digest}", &digest(TEXT))
        .replace("{source}", &digest("the file"))
        .replace("{other}", &digest("Another."))
        .trim_start()
        .to_owned()
}

/// The project that it is.
pub(in crate::formats) fn project() -> Project {
    read(project_file().as_bytes()).unwrap().project
}

const FILE: &str = r#"
{
"format":"matryoshka-project","version":{"major":1,"minor":3},"written_by":"matryoshka {program}","id":"p_1",
"mood":{"newer": [1,2]},
"codebook":{"id":"test","version":2,"name":"Test","language":"en","layers":[
 {"id":"actor","name":"Actor","plural":"Actors","key":"A","color":"actor","line":"solid","entity":"Actor","entities":"Actors","codes":[{"id":"actor.person","name":"Person","digit":1,"group":"People","score":-2.5,"definition":"One.","example":"she","shade":"dark"}],"features":[{"id":"form","name":"Form","type":"choice","values":[{"id":"name","name":"name","symbol":"+","key":"+","definition":"A name.","codes":["actor.person"],"example":"Denti"},{"id":"other","name":"other"}],"definition":"How.","default":"other","when":{"code":["actor.person"]},"tone":"new"},{"id":"why","name":"Why","type":"text","when":{"feature":"form","is":["other"]}},{"id":"odd","name":"Odd","type":"text","when":{"moon":"full"}}],"entity_features":[{"id":"born","name":"Born","type":"date"},{"id":"part-of","name":"Part of","type":"reference","of":["actor"]},{"id":"side","name":"Side","type":"choice","open":true}],"layer_new":1},
 {"id":"claim","name":"Claim","plural":"Claims","key":"C","line":"dashed","codes":[],"features":[{"id":"weight","name":"Weight","type":"number"},{"id":"sure","name":"Sure","type":"yes-no"},{"id":"tags","name":"Tags","type":"choices","values":[{"id":"a","name":"a"},{"id":"b","name":"b"}]},{"id":"where","name":"Where","type":"place"},{"id":"said","name":"Said","type":"date"},{"id":"after","name":"According to","type":"reference"}]}
],"relations":[
 {"id":"claims","name":"claims","inverse":"claimed by","from":["actor"],"to":["claim"],"default":true,"definition":"Says it.","features":[{"id":"role","name":"Role","type":"text"}],"weight":3},
 {"id":"allied","name":"allied","from":["actor"],"to":["actor"],"symmetric":true}
],"document":{"features":[{"id":"authors","name":"Authors","type":"text","many":true}],"field_new":"x"},"book_new":null},
"documents":[
{"id":"d_1","title":"Two \"scripts\"","language":"en","meta":{"authors":["M. Okafor","Ó Baoill"],"isbn":7},"source":{"name":"a/b.txt","encoding":"UTF-8","digest":"{source}","pages":9},"digest":"{digest}","order":-2,"text":"{text}","made":{"by":"Anna","at":"2026-11-23T16:58:00Z","via":"import","device":"x"},"version":{"h1":1},"stars":5},
{"id":"d_2","title":"Changed outside","digest":"{other}","text":"Other words.\r\n"}
],
"entities":[
{"id":"n_1","layer":"actor","name":"Anton Berg","aliases":["Berg","Берг"],"code":"actor.person","features":{"born":"~1950","part-of":{"entity":"n_2"},"side":"east"},"version":{"h1":3,"h2":1}},
{"id":"n_2","layer":"actor","name":"The ministry","features":{"part-of":{"entity":"n_1"}}}
],
"annotations":[
{"id":"a_1","document":"d_1","layer":"actor","code":"actor.person","start":4,"end":12,"quote":"minister","entity":"n_1","features":{"form":"name"},"made":{"by":"Anna","at":"2026-11-23T16:58:00Z","via":"key"},"revised":{"by":"Борис","at":"2026-11-24T09:00:00Z"},"version":{"h1":2,"h2":5},"conflict":[{"document":"d_1","layer":"actor","start":4,"end":17,"quote":"minister said","made":{"by":"Anna","at":"2026-11-23T16:58:00Z"},"version":{"h3":1},"side_new":true}],"glow":{"a": 1}},
{"id":"a_2","document":"d_1","layer":"claim","start":13,"end":41,"quote":"said no. Министр сказал нет.","fragments":[{"start":13,"end":20,"quote":"said no"},{"start":30,"end":41,"quote":"сказал нет.","mark":1}],"features":{"after":{"entity":"n_1"},"extra":[true],"said":"2019-04-24/2019-04-26","sure":false,"tags":["b","a"],"weight":0.30000000000000004,"where":{"name":"Tammer","country":"Halvern","geonames":12,"lat":-1.5,"lon":30}}},
{"id":"a_3","document":"d_1","layer":"claim","start":42,"end":51,"quote":"A guest","orphan":true,"features":{"tags":["z"],"weight":"heavy"}}
],
"links":[
{"id":"l_1","relation":"claims","from":"a_1","to":"a_2","features":{"role":"speaker"},"version":{"h1":9}},
{"id":"l_2","relation":"allied","from":"a_1","to":"n_2"},
{"id":"l_3","relation":"claims","from":"n_2","to":"a_3"}
],
"notes":[
{"id":"o_1","target":{"annotation":"a_1","line":4},"text":"Who is “he”?\ttab"}
],
"comments":[
{"id":"c_1","target":{"link":"l_1"},"thread":"c_2","text":"An answer"},
{"id":"c_2","target":{"link":"l_1"},"thread":"c_2","text":"Really?","resolved":true,"version":{"h2":7}}
],
"decisions":[
{"id":"r_1","guest":{"project":"p_2","name":"jonas.json","kept":1},"class":"boundary","ours":{"id":"a_1","document":"d_1","layer":"actor","code":"actor.person","spans":[[4,12]],"quote":"minister","entity":"n_1","entity_name":"Anton Berg","features":{"form":"name"},"links":[{"id":"l_1","relation":"claims","direction":"out","other":{"annotation":"a_2"},"layer":"claim","words":"said no … сказал нет.","features":{"role":"speaker"},"tone":2}],"by":"Anna","side_new":true},"theirs":{"id":"b_1","document":"e_1","layer":"claim","spans":[[4,12],[13,17]],"quote":"minister said","features":{"sure":true}},"verdict":"edited","remark":"Two words.","answer":{"disputed":"One word.","loud":1},"made":{"by":"Anna","at":"2026-11-23T16:58:00Z"},"version":{"h1":8},"picked":[1, 2]},
{"id":"r_2","guest":{"project":"p_2","name":"jonas.json"},"class":"only_theirs","theirs":{"id":"b_2","document":"e_1","layer":"mood","quote":"elsewhere","features":{"x":[1]}},"verdict":"theirs","answer":{"accepted":true}},
{"id":"r_3","guest":{"project":"p_2","name":"jonas.json"},"class":"record","our_record":{"id":"n_1","layer":"actor","name":"Anton Berg","aliases":["Berg","Берг"],"code":"actor.person","features":{"odd":1},"links":[{"id":"l_5","relation":"allied","direction":"out","other":{"entity":"n_2"},"layer":"actor","words":"Vell"}],"by":"Anna","own":1},"their_record":{"id":"m_1","layer":"actor","name":"A. Berg"},"verdict":"both"}
],
"set_aside":[
{"section":"annotations","reason":"the codebook has no layer “mood”","record":{"id":"a_9", "document":"d_1","layer":"mood","start":0,"end":1,"quote":"A"}},
{"section":"decisions","reason":"the member “guest” is missing","record":{"id":"r_9","about":"a_1"}},
{"section":"links","reason":"nothing has the id a_99, to which this leads","record":{"id":"l_9","relation":"claims","from":"a_1","to":"a_99"}},
{"section":"moods","reason":"newer","record":{"id":"m_1"}}
],
"erased":[
{"id":"a_4","kind":"annotation","version":{"h1":6},"merged_into":"a_1"},
{"id":"n_7","kind":"entity","why":"typo"}
]
}
"#;
