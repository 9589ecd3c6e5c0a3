package org.sqltune.cli.train;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.TextStream;
import org.sqltune.training.TrainingListener;
import org.sqltune.workflow.train.RunLogLines;

/**
 * {@code train.log}: what the program says while a run goes on, with times, and a line for each line of metrics.jsonl. Goes
 * on where a run goes on. Only the command line keeps one: who uses the library has a logging configuration of their own.
 */
final class RunLog implements AutoCloseable {
    static final String FILE = "train.log";

    /** The same under the name that a pipeline's users look for. */
    static final String PIPELINE_FILE = "text_to_sql_training.log";

    private final List<FileAppender<ILoggingEvent>> files;
    private final Logger everything;
    /** For the file alone: the screen shows these in its own way. */
    private final Logger run;

    private RunLog(List<FileAppender<ILoggingEvent>> files, LoggerContext context) {
        this.files = files;
        this.everything = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.run = context.getLogger("run");
        run.setAdditive(false);
        run.setLevel(Level.INFO);
        files.forEach(run::addAppender);
        files.forEach(everything::addAppender);
    }

    /**
     * Begins to write.
     *
     * @param folder the run's folder
     * @param resume whether an earlier log is kept
     * @param pipeline whether it is also written as {@link #PIPELINE_FILE}
     */
    static RunLog open(Path folder, boolean resume, boolean pipeline) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't use the folder " + folder + ": " + e + ". Choose another training.output_dir", e);
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return new RunLog(
                (pipeline ? List.of(FILE, PIPELINE_FILE) : List.of(FILE))
                        .stream()
                                .map(name -> appender(context, folder.resolve(name), resume))
                                .toList(),
                context);
    }

    private static FileAppender<ILoggingEvent> appender(LoggerContext context, Path log, boolean resume) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder() {
            @Override
            public byte[] encode(ILoggingEvent event) {
                return TextStream.message(layout.doLayout(event)).getBytes(StandardCharsets.UTF_8);
            }
        };
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setContext(context);
        file.setName(String.valueOf(log.getFileName()));
        file.setFile(log.toString());
        file.setAppend(resume);
        file.setEncoder(encoder);
        file.start();
        return file;
    }

    /** Writes a run's events. */
    TrainingListener events() {
        return new RunLogLines(run);
    }

    /** Writes no more. */
    @Override
    public void close() {
        files.forEach(everything::detachAppender);
        files.forEach(run::detachAppender);
        files.forEach(FileAppender::stop);
    }
}
