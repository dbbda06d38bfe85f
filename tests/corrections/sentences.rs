//! Texts of made-up sentences in five languages, the same every time.

/// Numbers that look like chance and are the same every time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// Below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

/// Parts of sentences of a language, in their order, and what stands between words.
pub(crate) struct Tongue {
    pub(crate) name: &'static str,
    parts: &'static [&'static [&'static str]],
    point: &'static str,
    /// Whether blanks stand between words.
    pub(crate) blank: bool,
}

pub(crate) const TONGUES: [Tongue; 5] = [
    Tongue {
        name: "English",
        parts: &[
            &[
                "On Monday",
                "Last week",
                "In the evening",
                "After the talks",
                "Before the vote",
                "That day",
                "Meanwhile",
            ],
            &[
                "the minister",
                "the governor",
                "a guest of the ministry",
                "the railway council",
                "the speaker",
                "an old fisherman",
                "the committee of nine",
                "the mayor of Tammer",
            ],
            &[
                "said",
                "told reporters",
                "denied",
                "promised once more",
                "wrote in a letter",
                "repeated",
                "made it clear",
            ],
            &[
                "that the bridge",
                "that the northern line",
                "that the new harbour",
                "that this agreement",
                "that the café by the naïve façade",
                "that the law on fishing",
                "that the road to Halvern",
            ],
            &[
                "would be finished",
                "was too expensive",
                "had been sold",
                "will never be built",
                "belongs to the islanders",
                "could wait",
                "needs a second look",
            ],
            &[
                "by spring",
                "in two years",
                "without a vote",
                "under the old rules",
                "for nothing",
                "at the people’s cost",
                "as agreed",
            ],
        ],
        point: ".",
        blank: true,
    },
    Tongue {
        name: "Russian",
        parts: &[
            &[
                "В понедельник",
                "На прошлой неделе",
                "Вечером",
                "После переговоров",
                "Перед голосованием",
                "Тем временем",
            ],
            &[
                "министр",
                "губернатор",
                "гость министерства",
                "железнодорожный совет",
                "старый рыбак",
                "мэр Таммера",
                "комитет девяти",
            ],
            &[
                "сказал",
                "заявил журналистам",
                "отрицал",
                "ещё раз пообещал",
                "написал в письме",
                "дал понять",
            ],
            &[
                "что мост",
                "что северная линия",
                "что новая гавань",
                "что это соглашение",
                "что закон о рыболовстве",
                "что дорога в Халверн",
            ],
            &[
                "будет достроен",
                "обойдётся слишком дорого",
                "был продан",
                "никогда не появится",
                "принадлежит островитянам",
                "может подождать",
            ],
            &[
                "к весне",
                "через два года",
                "без голосования",
                "по старым правилам",
                "за счёт людей",
                "как договорились",
            ],
        ],
        point: ".",
        blank: true,
    },
    Tongue {
        name: "Korean",
        parts: &[
            &["월요일에", "지난주에", "저녁에", "회담 후에", "투표 전에", "그사이에"],
            &[
                "장관은",
                "주지사는",
                "부처의 손님은",
                "철도 위원회는",
                "늙은 어부는",
                "탐머 시장은",
                "아홉 명의 위원은",
            ],
            &[
                "다리가",
                "북부 노선이",
                "새 항구가",
                "이 합의가",
                "어업법이",
                "할베른으로 가는 길이",
            ],
            &[
                "봄까지",
                "이 년 안에",
                "투표 없이",
                "옛 규칙에 따라",
                "주민의 비용으로",
                "합의한 대로",
            ],
            &[
                "완공된다고",
                "너무 비싸다고",
                "팔렸다고",
                "결코 지어지지 않는다고",
                "섬사람들의 것이라고",
                "기다릴 수 있다고",
            ],
            &[
                "말했다",
                "기자들에게 밝혔다",
                "부인했다",
                "다시 약속했다",
                "편지에 썼다",
                "분명히 했다",
            ],
        ],
        point: ".",
        blank: true,
    },
    Tongue {
        name: "Arabic",
        parts: &[
            &[
                "يوم الاثنين",
                "في الأسبوع الماضي",
                "في المساء",
                "بعد المحادثات",
                "قبل التصويت",
                "في هذه الأثناء",
            ],
            &["قال", "أخبر الصحفيين", "نفى", "وعد مرة أخرى", "كتب في رسالة", "أوضح"],
            &[
                "الوزير",
                "المحافظ",
                "ضيف الوزارة",
                "مجلس السكك الحديدية",
                "صياد عجوز",
                "رئيس بلدية تامر",
            ],
            &[
                "أن الجسر",
                "أن الخط الشمالي",
                "أن الميناء الجديد",
                "أن هذا الاتفاق",
                "أن قانون الصيد",
                "أن الطريق إلى هالفرن",
            ],
            &["سيكتمل", "مكلف جدا", "قد بيع", "لن يبنى أبدا", "ملك لأهل الجزيرة", "يمكن أن ينتظر"],
            &[
                "بحلول الربيع",
                "خلال سنتين",
                "دون تصويت",
                "وفق القواعد القديمة",
                "على حساب الناس",
                "كما اتفق",
            ],
        ],
        point: ".",
        blank: true,
    },
    Tongue {
        name: "Chinese",
        parts: &[
            &["星期一", "上周", "晚上", "会谈之后", "投票之前", "与此同时"],
            &["部长", "省长", "部里的客人", "铁路委员会", "老渔夫", "塔默市长", "九人委员会"],
            &["表示", "告诉记者", "否认", "再次承诺", "在信中写道", "明确指出"],
            &["大桥", "北方铁路", "新港口", "这项协议", "渔业法", "通往哈尔文的公路"],
            &["将在春天", "两年之内", "未经投票", "按照旧规定", "由百姓出钱", "如约"],
            &["完工", "过于昂贵", "已被出售", "永远不会建成", "属于岛民", "可以等待"],
        ],
        point: "。",
        blank: false,
    },
];

/// Pieces of a text of about that many sentences.
pub(crate) fn pieces(tongue: &Tongue, sentences: usize, dice: &mut Dice) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for at in 0..sentences {
        let mut sentence: Vec<String> = Vec::new();
        for part in tongue.parts {
            let chosen = dice.of(part);
            if tongue.blank {
                for word in chosen.split(' ') {
                    sentence.extend([word.to_owned(), " ".to_owned()]);
                }
            } else {
                sentence.extend(chosen.chars().map(String::from));
            }
        }
        if tongue.blank {
            sentence.pop();
        }
        let end = if dice.roll(5) == 0 || at + 1 == sentences {
            "\n"
        } else if tongue.blank {
            " "
        } else {
            ""
        };
        sentence.push(tongue.point.to_owned());
        if !end.is_empty() {
            sentence.push(end.to_owned());
        }
        all.append(&mut sentence);
    }
    all
}
