package org.sqltune.data.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionTextTest {
    @Test
    void caseSpacesAndPunctuationDoNotMatter() {
        assertThat(QuestionText.normalised("  How many \"Orders\" are there? "))
                .isEqualTo(QuestionText.normalised("how many orders are there"));
    }

    @Test
    void whatValuesAreMadeOfMatters() {
        assertThat(QuestionText.normalised("Patients with blood type A+."))
                .isNotEqualTo(QuestionText.normalised("Patients with blood type A-."));
        assertThat(QuestionText.normalised("Price above 1.5")).isNotEqualTo(QuestionText.normalised("Price above 1 5"));
    }
}
