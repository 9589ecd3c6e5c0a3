package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentSpellingTest {
    @Test
    void underscoresInOptionNamesAreHyphens() {
        assertThat(normalize("train", "--max_train_samples", "100", "--adapter_path=a_b/c_d"))
                .containsExactly("train", "--max-train-samples", "100", "--adapter-path=a_b/c_d");
    }

    @Test
    void valuesAndOverridesKeepTheirUnderscores() {
        assertThat(normalize("train", "training.max_steps=3", "--config", "my_run.yaml"))
                .containsExactly("train", "training.max_steps=3", "--config", "my_run.yaml");
    }

    @Test
    void nothingChangesAfterADoubleHyphen() {
        assertThat(normalize("infer", "--", "--not_an_option")).containsExactly("infer", "--", "--not_an_option");
    }

    @Test
    void aModeWithoutACommandMeansTraining() {
        assertThat(normalize("--mode", "train", "--fast_mac"))
                .containsExactly("train", "--mode", "train", "--fast-mac");
        assertThat(normalize("--device", "cpu", "--mode=train"))
                .containsExactly("train", "--device", "cpu", "--mode=train");
    }

    @Test
    void otherArgumentsWithoutACommandStayAsTheyAre() {
        assertThat(normalize("--version")).containsExactly("--version");
        assertThat(normalize()).isEmpty();
    }

    private static List<String> normalize(String... arguments) {
        return ArgumentSpelling.normalize(List.of(arguments));
    }
}
