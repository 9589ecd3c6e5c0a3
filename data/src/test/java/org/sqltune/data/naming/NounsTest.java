package org.sqltune.data.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NounsTest {
    @ParameterizedTest
    @CsvSource({
        "order, orders",
        "order item, order items",
        "category, categories",
        "day, days",
        "status, statuses",
        "address, addresses",
        "box, boxes",
        "branch, branches",
        "sale, sales",
        "course, courses",
        "person, people",
        "child, children",
        "analysis, analyses",
        "movie, movies"
    })
    void nounsHaveANumber(String one, String many) {
        assertThat(Nouns.plural(one)).isEqualTo(many);
        assertThat(Nouns.singular(many)).isEqualTo(one);
        assertThat(Nouns.plural(many)).isEqualTo(many);
        assertThat(Nouns.singular(one)).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({"price, a price", "order, an order", "unit price, a unit price", "user, a user", "hour, an hour"})
    void articlesFollowTheSound(String noun, String withArticle) {
        assertThat(Nouns.withArticle(noun)).isEqualTo(withArticle);
    }

    @Test
    void whatCannotBeCountedHasNeitherArticleNorPlural() {
        assertThat(Nouns.withArticle("stock")).isEqualTo("stock");
        assertThat(Nouns.plural("stock")).isEqualTo("stock");
    }

    @Test
    void peopleAreKnown() {
        assertThat(Nouns.person("customer")).isTrue();
        assertThat(Nouns.person("order")).isFalse();
    }
}
