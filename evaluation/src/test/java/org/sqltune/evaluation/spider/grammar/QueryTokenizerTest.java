package org.sqltune.evaluation.spider.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Expected tokens are those of {@code tokenize} in the official process_sql.py with NLTK 3.9. */
class QueryTokenizerTest {
    @Test
    void wordsAreLowerCasedAndStringsKeepTheirCase() {
        assertThat(QueryTokenizer.tokens("SELECT Name FROM t WHERE City = 'New York'"))
                .containsExactly("select", "name", "from", "t", "where", "city", "=", "\"New York\"");
    }

    @Test
    void anEqualsSignStaysWithItsNeighbours() {
        assertThat(QueryTokenizer.tokens("a=1 AND b>=2 and c != 3"))
                .containsExactly("a=1", "and", "b", ">", "=2", "and", "c", "!=", "3");
    }

    @Test
    void commasBeforeDigitsAndPointsInsideWordsDontSplit() {
        assertThat(QueryTokenizer.tokens("T1.a,b,1 LIMIT 1.")).containsExactly("t1.a", ",", "b,1", "limit", "1", ".");
    }

    @Test
    void contractionsAndQuotesOfOtherScriptsAreSetApart() {
        assertThat(QueryTokenizer.tokens("cannot `x` “y” a--b 3..4"))
                .containsExactly("can", "not", "`", "x", "`", "“", "y", "”", "a", "--", "b", "3", "..", "4");
    }

    @Test
    void aQuotationMarkWithoutPartnerIsAFault() {
        assertThatThrownBy(() -> QueryTokenizer.tokens("SELECT 'a")).isInstanceOf(UnparseableQueryException.class);
    }
}
