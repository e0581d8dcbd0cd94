# Bir defter hücresinin kendi çıktısı dışında gösterdikleri.

kernel-cannot-start = Hücreler çalıştırılamıyor: { $reason }. `weft doctor` neyin eksik olduğunu söyler.
library-problem = Weft kitaplığı (`use exercises::...`) kullanılamıyor: { $reason }

## Hücre komutları

help-head = Bir hücre Rust kodu içerir; ondan önce, her biri kendi satırında komutlar durabilir:
help-tail = Değişkenler, işlevler ve türler sonraki hücreler için kalır. `use exercises::...` için `:dep` gerekmez.
command-help = bu yardım
command-run = bir alıştırmayı çalıştırır
command-run-usage = Hangi alıştırma olduğunu yazın, örneğin `:run s1e1 --scenario 2 --n_threads 5`.
command-timeline = son `:run` sırasında kim neyi ne zaman yaptı
command-vars = değişkenler ve türleri
command-dep = bir crate (paket) kullanır
command-dep-usage = Hangi paket olduğunu yazın, örneğin `:dep fastrand = "2"`.
command-opt = sonraki hücreler ne kadar eniyilensin
command-opt-set = Sonraki hücreler { $level } düzeyinde eniyilenir.
command-clear-output = bu hücrenin çıktısını siler; `wait` ile, yeni çıktı gelince
command-lang = yardımın ve iletilerin dili
command-lang-set = Dil artık { $language }.
command-unknown = `{ $name }` diye bir komut yok. Var olanlar: { $known }
command-wrong-argument = “{ $argument }” buraya uymuyor; beklenen: { $expected }
timeline-none = Henüz çizilecek bir şey yok: önce `:run` ile bir alıştırma çalıştırın.
vars-none = Henüz değişken yok.
vars-name = Ad
vars-type = Tür

## Bir hücre nasıl başarısız olabilir

cell-panic = Hücre panikledi:
cell-panic-at = Hücre { $line }. satır, { $column }. sütunda panikledi:
cell-returned-error = Hücreden `?` ile, bir hatayla çıkıldı.
cell-interrupted = Hücre kesildi.
cell-interrupted-lost = Hücre kesildi; süreci sonlandırmak gerekti ve değişkenler yitti.
cell-worker-died = Hücrelerin süreci sona erdi ({ $cause }); değişkenler yitti. Sonraki hücre yenisini başlatır.
