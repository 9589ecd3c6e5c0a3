package org.sqltune.core.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.config.settings.DataSettings.Dataset;

/** What settings say of themselves beyond their values. */
class SettingsTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 7, 1", "1, 8, 2", "2, 4, 2", "8, 8, 16", "8, 9, 16", "100, 10, 16", "1, 63, 15"})
    void aQuarterOfAStepStaysTogetherAtMostSixteen(int batch, int passes, int together) {
        BatchSettings batches =
                BatchSettings.defaults().withPerDeviceTrainBatchSize(batch).withGradientAccumulationSteps(passes);
        assertThat(batches.examplesPerStep()).isEqualTo(batch * passes);
        assertThat(batches.questionsTogether()).isEqualTo(together);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "gaussian, false", "pissa, true", "pissa_niter_4, true"})
    void pissaInAnyFormStartsWithPrincipalComponents(String init, boolean principal) {
        LoraSettings lora = new LoraSettings(8, 16, 0, List.of("q_proj"), false, false, init, Map.of(), Map.of());
        assertThat(lora.startsPrincipal()).isEqualTo(principal);
    }

    @Test
    void patternsKeepTheirOrderAndDoNotChangeWithTheMapTheyCameIn() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (int i = 20; i > 0; i--) {
            ranks.put("layers." + i, i);
        }
        List<String> order = List.copyOf(ranks.keySet());
        LoraSettings lora = new LoraSettings(8, 16, 0, List.of("q_proj"), false, false, "true", ranks, Map.of());
        ranks.clear();
        assertThat(lora.rankPattern().keySet()).containsExactlyElementsOf(order);
    }

    @ParameterizedTest
    @EnumSource
    void aPublishedDataSetSaysWhereToGetIt(Dataset dataset) {
        boolean published = !List.of(Dataset.DEMO, Dataset.SPIDER_CSV, Dataset.FILES, Dataset.MIX)
                .contains(dataset);
        assertThat(DatasetOrigin.of(dataset).isPresent()).isEqualTo(published);
        DatasetOrigin.of(dataset).ifPresent(origin -> {
            assertThat(origin.howToGet("here"))
                    .startsWith("get " + origin.what() + " from https://")
                    .endsWith(" and put it, packed or unpacked, here");
            assertThat(origin.isOnHub()).isEqualTo(origin.page().contains("huggingface.co"));
            assertThat(origin.page()).endsWith(origin.hubName());
        });
    }
}
