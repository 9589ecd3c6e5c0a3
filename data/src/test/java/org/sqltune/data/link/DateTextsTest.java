package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;

class DateTextsTest {
    private static final LocalDate DAY = LocalDate.of(2014, 5, 6);

    @ParameterizedTest
    @ValueSource(strings = {"2014-05-06", "2014/5/6", "6 May 2014", "6th of May, 2014", "May 6, 2014", "may 6th 2014"})
    void aDateIsReadHoweverItIsWritten(String text) {
        assertThat(DateTexts.of(text)).contains(DAY);
        assertThat(DateTexts.in("Who came on " + text + "?"))
                .extracting(DateTexts.Found::date)
                .containsExactly(DAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05/06/2014",
                "2014-05-06 10:30",
                "31 April 2014",
                "2014-13-01",
                "May 2014",
                "12014-05-06",
                "2014"
            })
    void othersArent(String text) {
        assertThat(DateTexts.of(text)).isEmpty();
    }

    @Test
    void aQuestionsDateFindsTheValueOfAnotherForm() {
        ValueLink iso = new ValueLink("visits", "day", "2014-05-06");
        ValueLink words = new ValueLink("events", "held", "6 May 2014");
        ValueLink other = new ValueLink("visits", "day", "2014-05-07");
        ValueIndex index = new ValueIndex(List.of(iso, words, other), new Schema("d", List.of(), List.of()));
        assertThat(index.link("Who visited on May 6th, 2014?")).containsExactlyInAnyOrder(iso, words);
        assertThat(index.link("Who visited on 2014-05-07?")).containsExactly(other);
        assertThat(index.link("Who visited in May 2014?")).isEmpty();
    }
}
