package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;

/** Where contradictions begin, and that what is allowed right beside them is. */
class RunConfigChecksTest {
    /** Which course of the learning rate takes a key, and what else it then needs. */
    private static final Map<String, LrSchedulerType> OWNERS = Map.of(
            "min_lr", LrSchedulerType.COSINE_WITH_MIN_LR,
            "min_lr_rate", LrSchedulerType.COSINE_WITH_MIN_LR,
            "lr_end", LrSchedulerType.POLYNOMIAL,
            "power", LrSchedulerType.POLYNOMIAL,
            "timescale", LrSchedulerType.INVERSE_SQRT);

    @ParameterizedTest
    @EnumSource
    void aKeyOfASchedulerIsTakenByItsOwnerAndNobodyElse(LrSchedulerType type) {
        String name = type.name().toLowerCase(Locale.ROOT);
        OWNERS.forEach((key, owner) -> {
            String value = key.equals("timescale") ? "2" : "0.00001";
            List<String> faults = faults("training: {lr_scheduler_type: " + name + ", lr_scheduler_kwargs: {" + key
                    + ": " + value + "}, warmup_ratio: 0}");
            if (type == owner) {
                assertThat(faults).as(key + " for " + name).isEmpty();
            } else {
                assertThat(faults).as(key + " for " + name).first().asString().contains("not to " + name + ":");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosine_with_min_lr, min_lr", "polynomial, lr_end"})
    void theLastLearningRateIsBelowThePeak(String typeAndKey) {
        String[] parts = typeAndKey.split(", ", -1);
        String yaml = "training: {learning_rate: 0.01, lr_scheduler_type: %s, lr_scheduler_kwargs: {%s: %s}}";
        assertThat(faults(yaml.formatted(parts[0], parts[1], "0.0099999"))).isEmpty();
        assertThat(faults(yaml.formatted(parts[0], parts[1], "0.01")))
                .singleElement()
                .asString()
                .contains(parts[1] + " is '0.01': isn't below training.learning_rate 0.01: lower it");
    }

    @Test
    void aCosineWithAnEndTakesOneWayOfSayingWhere() {
        String yaml = "training: {lr_scheduler_type: cosine_with_min_lr, lr_scheduler_kwargs: {%s}}";
        assertThat(faults(yaml.formatted("min_lr_rate: 0.1"))).isEmpty();
        assertThat(faults(yaml.formatted("min_lr_rate: 0.1, min_lr: 0.00001")))
                .singleElement()
                .asString()
                .contains("and not both");
    }

    @Test
    void aFaultOfAKeyIsReportedWithoutWhatFollowsFromIt() {
        assertThat(faults("data: {dataset: spidr, path: a, database: b, columns: {question: q}}"))
                .hasSize(1);
        assertThat(faults("training: {lr_scheduler_type: cosin, lr_scheduler_kwargs: {power: 2}}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {dataset: gretel}",
                "data: {dataset: sql_create_context}",
                "data: {dataset: spider, path: there}",
                "data: {dataset: demo, validation_split: 0.2}",
                "data: {train_file: a, validation_split: 0.1}",
                "data: {train_file: a, validation_file: b, validation_split: 0}",
                "data: {train_file: a, database: b, columns: {question: q}}",
                "data: {test_file: a}",
                "training: {early_stopping_patience: 1, eval_steps: 1}",
                "training: {method: full, init: random}",
                "training: {init_adapter: a}",
                "training: {report_to: none}",
                "training: {lr_scheduler_type: constant, warmup_ratio: 0}",
                "training: {lr_scheduler_type: constant_with_warmup, warmup_steps: 10, warmup_ratio: 0}",
                "training: {method: full, lr_scheduler_type: linear}",
                "{lora: {init_lora_weights: gaussian, use_dora: true}, model: {quantization: nf4}}",
                "{lora: {init_lora_weights: pissa, use_dora: true}, training: {method: full}}"
            })
    void whatFitsTogetherHasNoFault(String yaml) {
        assertThat(faults(yaml)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {dataset: spider, path: a, database: b} | data.database is 'b': is for data.train_file",
                "data: {dataset: gretel, columns: {question: q}} | data.columns: is for data.train_file",
                "data: {dataset: gretel, test_file: t} | leave out the data set or the files",
                "data: {dataset: demo, path: a} | data.path is 'a': names no data set",
                "data: {train_file: t, path: a} | data.path is 'a': names no data set",
                "data: {dataset: spider_csv} | that holds this data set",
                "data: {dataset: wikisql} | data.tar.bz2 from https://github.com/salesforce/WikiSQL and put it",
                "{lora: {init_lora_weights: pissa_niter_1}, model: {quantization: nf4}} | takes weights apart",
                "training: {report_to: [tensorboard, none]} | none contradicts the others"
            })
    void whatContradictsIsNamedWithTheRemedy(String yaml, String expected) {
        assertThat(faults(yaml)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "gretel, gretelai/synthetic_text_to_sql, true",
        "sql_create_context, my/fork, true",
        "gretel, ./synthetic_text_to_sql, false",
        "gretel, ../synthetic_text_to_sql, false",
        "gretel, synthetic_text_to_sql, false",
        "gretel, a/b/c, false",
        "gretel, /a/b, false",
        "spider, owner/spider, false"
    })
    void aPathThatIsNotThereMayBeANameOnTheHubForDataSetsThatTheHubHas(String dataset, String path, boolean taken) {
        List<String> faults =
                faults("data: {dataset: " + dataset + ", path: " + path + "}", file -> !file.equals(Path.of(path)));
        if (taken) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults)
                    .singleElement()
                    .asString()
                    .contains("data.path is '" + path + "': there is no such file or folder")
                    .contains("; get ")
                    .endsWith("packed or unpacked, there");
        }
    }

    @ParameterizedTest
    @CsvSource({"owner/name, true", "sqltune-nano, true", "./model, false", "../model, false", "/models/x, false"})
    void aModelWhoseNameCanOnlyBeAFolderHasToBeThere(String name, boolean taken) {
        List<String> faults = faults("model: {name: " + name + "}", file -> false);
        if (taken) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).singleElement().asString().contains("model.name is '" + name + "'");
        }
    }

    private static List<String> faults(String yaml) {
        return faults(yaml, path -> true);
    }

    private static List<String> faults(String yaml, Predicate<Path> exists) {
        ConfigException exception = catchThrowableOfType(
                ConfigException.class, () -> new RunConfigLoader(exists).load("run.yaml", yaml, List.of()));
        return exception == null ? List.of() : exception.faults();
    }
}
