package org.sqltune.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

    @TempDir
    private Path folder;

    @Test
    void whatIsSaidWhileTheRunLastsIsWrittenWithItsTime() throws IOException {
        try (RunLog log = RunLog.open(folder.resolve("run"), false, false)) {
            LoggerFactory.getLogger("org.sqltune.test").info("größer");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("loss", 1.25);
            values.put("learning_rate", 2e-4);
            log.events().logged(25, values);
            log.events().failed(new IllegalStateException("power cut"));
        }
        LoggerFactory.getLogger("org.sqltune.test").info("too late");
        assertThat(Files.readString(folder.resolve("run/train.log")))
                .containsPattern("(?m)^" + TIME + "INFO  größer$")
                .containsPattern("(?m)^" + TIME + "INFO  step 25: loss 1.2500, learning_rate 0.00020000$")
                .containsPattern("(?m)^" + TIME + "ERROR The run broke off$")
                .contains("java.lang.IllegalStateException: power cut\n\tat ")
                .doesNotContain("too late");
    }

    @Test
    void aResumedRunGoesOnAndANewOneBegins() throws IOException {
        for (boolean resume : new boolean[] {false, true}) {
            try (RunLog log = RunLog.open(folder, resume, true)) {
                log.events().logged(resume ? 2 : 1, Map.of("loss", 1.0));
            }
        }
        assertThat(folder.resolve("train.log")).content().contains("step 1:").contains("step 2:");
        assertThat(folder.resolve("text_to_sql_training.log")).hasSameTextualContentAs(folder.resolve("train.log"));
        RunLog.open(folder, false, false).close();
        assertThat(folder.resolve("train.log")).isEmptyFile();
    }
}
