package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;

class FailureLineTest {
    @Test
    void whatWasForeseenIsSaidAsItIs() {
        assertThat(FailureLine.of(new SqlTuneException("thing value: remedy"))).isEqualTo("thing value: remedy");
    }

    @Test
    void whatNobodyForesawIsOneLineWithoutClasses() {
        assertThat(FailureLine.of(new NullPointerException("Cannot invoke \"X.y()\" because \"<local3>\" is null")))
                .startsWith("internal error")
                .contains("report", "--verbose")
                .doesNotContain("invoke", "NullPointer");
        assertThat(FailureLine.of(new StackOverflowError())).startsWith("internal error");
    }

    @Test
    void filesThatFailAreNoBugs() {
        assertThat(FailureLine.of(new UncheckedIOException(new AccessDeniedException("/x"))))
                .contains("permission denied")
                .doesNotContain("internal", "Exception");
    }

    @Test
    void memoryIsSaidWithItsRemedy() {
        assertThat(FailureLine.of(new OutOfMemoryError("Java heap space"))).contains("-Xmx4g");
        assertThat(FailureLine.of(new IllegalStateException("you tried to allocate 2000000 bytes")))
                .startsWith("out of memory (2 MB more were not to be had): lower");
    }
}
