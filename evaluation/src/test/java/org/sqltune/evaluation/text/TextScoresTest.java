package org.sqltune.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected BLEU values are sacreBLEU 2.6.0's; those of ROUGE-L are counted by hand. */
class TextScoresTest {
    private static final List<String> GOLD = List.of(
            "SELECT name FROM singer WHERE age > 20",
            "SELECT T1.name, count(*) FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id GROUP BY T1.name",
            "SELECT max(price) FROM product WHERE date >= '2014-01-03' AND rate < 1,000.50",
            "SELECT a");
    private static final List<String> PREDICTED = List.of(
            "SELECT name FROM singer WHERE age > 20",
            "SELECT name, COUNT(*) FROM singer GROUP BY name",
            "SELECT MAX(price) FROM products WHERE date > '2014-01-03' AND rate < 1000.5;",
            "SELECT b FROM c");

    @Test
    void bleuIsSacrebleus() {
        assertThat(Bleu.corpus(PREDICTED, GOLD)).isCloseTo(37.71007364677468, within(1e-9));
        assertThat(one(1)).isCloseTo(8.070409091774584, within(1e-9));
        assertThat(one(2)).isCloseTo(54.64463020975289, within(1e-9));
        assertThat(one(3)).isCloseTo(15.97357760615681, within(1e-9));
        assertThat(one(0)).isCloseTo(100, within(1e-9));
    }

    @Test
    void textsAreCutAsByTokenizer13a() {
        assertThat(String.join(" ", Tokenizer13a.tokens(GOLD.get(2))))
                .isEqualTo("SELECT max ( price ) FROM product WHERE date > = '2014 - 01 - 03' AND rate < 1,000.50");
    }

    @Test
    void nothingInCommonScoresZero() {
        assertThat(Bleu.corpus(List.of("x y"), List.of("a b"))).isZero();
        assertThat(Bleu.corpus(List.of(""), List.of("a b"))).isZero();
        assertThat(RougeL.f1("", "a")).isZero();
        assertThat(RougeL.f1("a", "b")).isZero();
    }

    @Test
    void rougeLIsTheF1OfTheLongestCommonSubsequence() {
        assertThat(RougeL.f1("SELECT name FROM singer", "select NAME from singer;"))
                .isEqualTo(1);
        // 4 of 5 words in order, 4 of 4: precision 1, recall 0.8.
        assertThat(RougeL.f1("SELECT name, age FROM singer", "SELECT age FROM singer"))
                .isCloseTo(2 * 1 * 0.8 / 1.8, within(1e-12));
        // The common words stand in another order: only two can be kept.
        assertThat(RougeL.f1("a b c", "c a b")).isCloseTo(2.0 / 3, within(1e-12));
    }

    private static double one(int index) {
        return Bleu.corpus(List.of(PREDICTED.get(index)), List.of(GOLD.get(index)));
    }
}
