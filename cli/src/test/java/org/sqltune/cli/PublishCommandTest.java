package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.sqltune.cli.console.ExitCodes;

/** The command where no hub is; what it sends is tested where it is sent. */
class PublishCommandTest {
    private static final String TOKEN = "hf_onlyForTheTestsOfPublishing1";

    @TempDir
    private Path folder;

    private static String adapter() {
        return TestCli.tinyModel().resolve("trained_adapter").toString();
    }

    @Test
    void aDryRunPrintsFilesAndCard() {
        TestCli cli = new TestCli(folder);
        assertThat(cli.run("publish", "ada/tiny", "--adapter-path", adapter(), "--base-model", "ada/base", "--dry-run"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out())
                .containsPattern("adapter_model.safetensors \\| .* \\| would be sent unless it is there")
                .contains("It would go to the model ada/tiny (main), private.", "library_name: \"peft\"");
    }

    @Test
    void whatIsMissingIsMisuse() {
        TestCli cli = new TestCli(folder);
        assertThat(cli.run("publish", "tiny", "--license", "MIT License")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("'tiny' names no owner", "what? Give --adapter-path", "--license 'MIT License'");
        assertThat(cli.run("publish", "ada/tiny", "--adapter-path", adapter(), "--dry-run"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("--base-model");
    }

    @Test
    void noLineNorLogHasTheToken() throws IOException {
        String nowhere;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "http://127.0.0.1:" + free.getLocalPort();
        }
        TestCli cli = new TestCli(folder, Map.of("HF_ENDPOINT", nowhere, "HF_TOKEN", TOKEN));
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("org.sqltune");
        logger.addAppender(appender);
        appender.start();
        try {
            assertThat(cli.run(
                            "publish",
                            "ada/tiny",
                            "--adapter-path",
                            adapter(),
                            "--base-model",
                            "ada/base",
                            "--verbose"))
                    .isEqualTo(ExitCodes.FAILED);
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(cli.err()).contains("sqltune: Can't reach 127.0.0.1:").doesNotContain(TOKEN);
        assertThat(appender.list)
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains(TOKEN));
        assertThat(cli.out()).isEmpty();
    }
}
