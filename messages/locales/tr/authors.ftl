# What the commands for authors and translators say: `weft i18n`, and the checkout they work on.

help-authors-root = Weft kaynağının kök klasörü (verilmezse geçerli klasör)
help-i18n = Çevirmenler için: diller ne durumda, sırada ne var
help-i18n-report = Çevrilmiş metinleri dile ve bölüme göre sayar
help-i18n-report-language = Yalnızca bu dil, eksik olan her metinle birlikte
help-i18n-new = Bir dili başlatır: çevirmenlerin dolduracağı dosyaları oluşturur
help-i18n-new-language = Dilin kodu, örneğin `de` ya da `pt-BR`
help-i18n-update = Bir dilin dosyalarını İngilizce metinlere göre günceller
help-i18n-update-language = Dilin kodu
help-i18n-update-chapter = Yalnızca bu bölüm, örneğin `02-threads-and-join` ya da `index` (verilmezse hepsi)

error-no-checkout = { $path } Weft kaynağının kökü değil.
error-no-checkout-cause = { $expected } bulunamadı.
error-no-checkout-next = Komutu kaynağın kök klasöründe çağırın ya da o klasörü `--root` ile belirtin.
error-language-code = “{ $code }” bir dil kodu değil.
error-language-code-cause = Bir kod `de`, `pt-BR` ya da `zh-Hant` gibi yazılır.
error-language-code-next = Kodu şurada arayın: https://www.iana.org/assignments/language-subtag-registry
error-language-english = İngilizce çevrilmez: öteki diller ondan çevrilir.
error-language-english-next = Başka bir dil belirtin; başlatılmış olanları `weft i18n report` listeler.
error-language-begun = “{ $code }” dili zaten başlatılmış.
error-language-begun-cause = { $path } var.
error-language-begun-next = `weft i18n report { $code }` neyin eksik olduğunu söyler; `weft i18n update { $code }` dosyalarını günceller.
error-language-not-begun = “{ $code }” dilini henüz kimse başlatmamış.
error-language-not-begun-cause = { $path } yok.
error-language-not-begun-next = `weft i18n new { $code }` dili başlatır.
error-no-chapter = “{ $name }” adında bir bölüm yok.
error-no-chapter-next = `notebooks/chapters` içindeki klasörler bölümlerdir.

i18n-column-messages = metin
i18n-column-translated = çevrilmiş
i18n-column-fuzzy = şüpheli
i18n-column-missing = eksik
i18n-column-obsolete = artık yok
i18n-total = toplam
i18n-not-built-in = Bu program “{ $code }” olmadan derlendi: ne ekleneceğini `CONTRIBUTING.md` dosyasındaki `Add a language` bölümü söyler.
i18n-open = { $path } dosyasında eksik olanlar:
i18n-up-to-date = Her şey güncel.

# Numbered by the program. The fourth one is followed by the lines to add.
i18n-next = Şimdi yapılacaklar:
i18n-next-1 = Her terim için bir sözcük seçin: `notebooks/i18n/glossary.toml` içindeki `{ $code } = ""` satırları.
i18n-next-2 = Programın metinlerini `messages/locales/{ $code }` içinde çevirin: metnin başındaki `#` işaretini ve boşluğu silin, İngilizce metnin yerine sizinkini yazın.
i18n-next-3 = Bölümleri çevirin, önce `index`: `notebooks/chapters/*/po/{ $code }.po`. Neyin eksik olduğunu `weft i18n report { $code }` söyler.
i18n-next-4 = Dili `messages/src/language.rs` içindeki tablonun sonuna ekleyin:
i18n-next-5 = `cargo build --release` ile derleyin; sonra `weft notebooks` defterleri yazar ve `--lang { $code }` çalışır.
i18n-next-6 = `cargo test --release -p messages -p notebooks` henüz doğru olmayanları söyler.
