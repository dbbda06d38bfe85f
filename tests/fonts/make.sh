#!/bin/sh
# Cuts the fonts in this folder down to the characters of the test pictures' texts. Run it again after changing a
# text; needs fonttools (pip install fonttools) and Debian's fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji.
set -e
cd "$(dirname "$0")"
texts=../pictures/texts
noto=${NOTO:-/usr/share/fonts}
cut() { # text, font, result, more options
  text=$1; font=$2; result=$3; shift 3
  pyftsubset "$font" --text-file="$text" --output-file="$result" --layout-features='*' --no-hinting \
    --name-IDs='1,2,4,6,13,14' --drop-tables+=meta "$@"
}
cut $texts/arabic.txt "$noto/truetype/noto/NotoNaskhArabic-Regular.ttf" NotoNaskhArabic.ttf
cat $texts/hebrew.txt $texts/invisible.txt > hebrew.tmp
cut hebrew.tmp "$noto/truetype/noto/NotoSerifHebrew-Regular.ttf" NotoSerifHebrew.ttf
cut $texts/devanagari.txt "$noto/truetype/noto/NotoSerifDevanagari-Regular.ttf" NotoSerifDevanagari.ttf
cut $texts/thai.txt "$noto/truetype/noto/NotoSerifThai-Regular.ttf" NotoSerifThai.ttf --unicodes=0E4D
rm hebrew.tmp
cjk="$noto/opentype/noto/NotoSerifCJK-Regular.ttc"
# Faces of the collection: 0 Japanese, 1 Korean, 2 simplified Chinese. The Japanese one only has the sign that the
# test of Han forms looks at.
cut $texts/korean.txt "$cjk" NotoSerifKorean.otf --font-number=1
cut $texts/chinese.txt "$cjk" NotoSerifChinese.otf --font-number=2 --text=直
printf '直' > han.tmp
cut han.tmp "$cjk" NotoSerifJapanese.otf --font-number=0
rm han.tmp
cut $texts/emoji.txt "$noto/truetype/noto/NotoColorEmoji.ttf" NotoColorEmoji.ttf
ls -l ./*.ttf ./*.otf
