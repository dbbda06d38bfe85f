//! Every script, with annotations inside each other and a selection: bars, tints and selection sit on the letters.

use crate::pictures::scene::Scene;

macro_rules! text {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/texts/", $name, ".txt"))
    };
}

/// Draws the scene with these words selected.
#[track_caller]
fn draw(name: &str, scene: &Scene, selected: &str) {
    let mut drawn = scene.open();
    drawn.select(selected);
    drawn.check(name);
}

#[test]
fn arabic_reads_from_the_right_with_its_numbers_and_latin_names_in_place() {
    let scene = Scene::of(text!("arabic"), "ar")
        .tag("وزيرة المياه ليلى حداد", "actor.person")
        .tag(
            "الاتفاق (المعروف باسم «Port Avel») سيكلّف 3.5 مليون يورو، أي أقل من تقدير المعهد",
            "claim.prediction",
        )
        .tag("الاتفاق (المعروف باسم «Port Avel»)", "event.agree")
        .tag("شركة Brask Hydro", "actor.company")
        .tag("المتحدث باسم شركة Brask Hydro", "actor.person")
        .tag("لن ندفع أكثر من 60% قبل 2026/01/15", "claim.commitment");
    draw("arabic", &scene, "الرقم 4,750 صحيح");
}

#[test]
fn hebrew_reads_from_the_right_with_its_numbers_and_latin_names_in_place() {
    let scene = Scene::of(text!("hebrew"), "he")
        .tag("שרת המים נעמי לוי", "actor.person")
        .tag(
            "ההסכם (הידוע בשם “Port Avel”) יעלה 3.5 מיליון אירו, פחות מהערכת המכון",
            "claim.prediction",
        )
        .tag("ההסכם (הידוע בשם “Port Avel”)", "event.agree")
        .tag("חברת Brask Hydro", "actor.company")
        .tag("דובר חברת Brask Hydro", "actor.person")
        .tag("לא נשלם יותר מ־60% לפני 15.1.2026", "claim.commitment");
    draw("hebrew", &scene, "שהמספר 4,750 נכון");
}

#[test]
fn korean_breaks_at_spaces_and_taken_apart_syllables_are_put_together() {
    let scene = Scene::of(text!("korean"), "ko")
        .tag("물 관리부 장관 한서연", "actor.person")
        .tag("물 관리부", "actor.body")
        .tag("이번 합의(포트 아벨 합의)에는 350만 유로가 든다", "claim.prediction")
        .tag("이번 합의(포트 아벨 합의)", "event.agree")
        .tag("브라스크 수력(Brask Hydro)", "actor.company")
        .tag("브라스크 수력(Brask Hydro)의 대변인", "actor.person")
        .tag("2026년 1월 15일 이전에는 60% 이상을 내지 않겠다", "claim.commitment");
    draw("korean", &scene, "그 수치가 맞다");
}

#[test]
fn chinese_keeps_its_marks_off_the_ends_of_lines_where_they_may_not_stand() {
    let scene = Scene::of(text!("chinese"), "zh-Hans")
        .tag("水利部长林若兰", "actor.person")
        .tag("水利部", "actor.body")
        .tag("这项被称为“埃维尔港协议”的安排将耗资350万欧元，低于研究所的估算", "claim.prediction")
        .tag("埃维尔港协议", "event.agree")
        .tag("布拉斯克水电公司（Brask Hydro）", "actor.company")
        .tag("布拉斯克水电公司（Brask Hydro）的发言人", "actor.person")
        .tag("在2026年1月15日之前，公司不会支付超过60%的款项", "claim.commitment");
    draw("chinese", &scene, "这个数字没有错");
}

#[test]
fn devanagari_has_its_conjuncts_and_both_kinds_of_digits() {
    let scene = Scene::of(text!("devanagari"), "hi")
        .tag("जल मंत्री अनुराधा त्रिपाठी", "actor.person")
        .tag(
            "यह समझौता (जिसे “पोर्ट एवेल” कहा जाता है) ३५ लाख यूरो का होगा, जो संस्थान के अनुमान से कम है",
            "claim.prediction",
        )
        .tag("समझौता (जिसे “पोर्ट एवेल” कहा जाता है)", "event.agree")
        .tag("ब्रास्क हाइड्रो (Brask Hydro)", "actor.company")
        .tag("ब्रास्क हाइड्रो (Brask Hydro) के प्रवक्ता", "actor.person")
        .tag("कंपनी 15 जनवरी 2026 से पहले 60% से अधिक नहीं देगी", "claim.commitment");
    draw("devanagari", &scene, "यह संख्या सही है");
}

#[test]
fn thai_breaks_between_words_and_its_marks_stay_clear_of_the_bars() {
    let scene = Scene::of(text!("thai"), "th")
        .tag("รัฐมนตรีกระทรวงน้ำ นางสุดารัตน์ วงศ์ไพศาล", "actor.person")
        .tag("กระทรวงน้ำ", "actor.body")
        .tag(
            "ข้อตกลงที่เรียกว่า “พอร์ตอาเวล” (Port Avel) จะใช้เงิน 3.5 ล้านยูโร ซึ่งน้อยกว่าที่สถาบันประเมินไว้",
            "claim.prediction",
        )
        .tag("ข้อตกลงที่เรียกว่า “พอร์ตอาเวล” (Port Avel)", "event.agree")
        .tag("บริษัท Brask Hydro", "actor.company")
        .tag("โฆษกของบริษัท Brask Hydro", "actor.person")
        .tag("บริษัทจะไม่จ่ายเกิน 60% ก่อนวันที่ 15 มกราคม 2569", "claim.commitment");
    draw("thai", &scene, "ตัวเลขนี้ถูกต้อง");
}

#[test]
fn emoji_of_several_characters_are_one_picture_each() {
    let scene = Scene::of(text!("emoji"), "en")
        .tag("The deputy 👩🏽‍⚖️", "actor.person")
        .tag("The deputy 👩🏽‍⚖️ posted 👍🏿 under the photo of the family 👨‍👩‍👧‍👦", "event.support")
        .tag("👨‍👩‍👧‍👦", "actor.group")
        .tag("🇺🇦", "actor.state")
        .tag("No water, no vote", "claim.threat")
        .tag("“No water, no vote” 💧❌", "event.threaten")
        .tag("the engineer 🧑🏿‍🔧", "actor.person");
    draw("emoji", &scene, "❤️‍🔥 and 🏳️‍🌈");
}

#[test]
fn characters_without_ink_have_signs_on_request() {
    let scene = Scene::of(text!("invisible"), "en")
        .desk("invisible", true.into())
        .tag("Vell\u{200b}Corin", "actor.person")
        .tag("\u{2067}(שלום)\u{2069}", "actor.other");
    scene.open().check("invisible");
}
