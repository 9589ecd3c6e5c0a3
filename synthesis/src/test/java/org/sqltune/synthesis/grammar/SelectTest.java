package org.sqltune.synthesis.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectTest {
    @Test
    void clausesComeInTheOrderOfSql() {
        Select select = Select.of("orders", "status", "COUNT(*)")
                .where("total > 5")
                .groupBy("status")
                .having("COUNT(*) > 2")
                .orderBy("COUNT(*)", true)
                .limit(3);

        assertThat(select.sql())
                .isEqualTo("SELECT status, COUNT(*) FROM orders WHERE total > 5 GROUP BY status HAVING COUNT(*) > 2"
                        + " ORDER BY COUNT(*) DESC LIMIT 3");
    }

    @Test
    void theTieProbeLooksOneRowFurther() {
        assertThat(Select.of("t", "a").orderBy("b", false).limit(1).tieProbe())
                .isEqualTo("SELECT b FROM t ORDER BY b ASC LIMIT 2");
    }

    @Test
    void withoutOrderOrLimitThereIsNoTie() {
        assertThat(Select.of("t", "a").limit(1).tieProbe()).isNull();
        assertThat(Select.of("t", "a").orderBy("b", false).tieProbe()).isNull();
    }
}
