package org.sqltune.cli.console;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.core.text.PrintableText;
import org.sqltune.model.hub.DownloadDisplay;

/**
 * Shows one task's progress on standard error once it has run for two seconds: as a bar on a terminal, else as a line
 * every ten seconds, so that a log file stays readable.
 */
public final class TaskProgress implements DownloadDisplay.Task {
    static final Duration SILENCE = Duration.ofSeconds(2);
    static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final int BAR_WIDTH = 79;
    private static final int BYTES_PER_MEGABYTE = 1_000_000;

    /** What is counted. */
    public enum Unit {
        /** Examples, whatever the task consists of. */
        PIECES,
        /** Steps of a run, whose messages tell the time: the bar leaves the room to them. */
        STEPS,
        /** Bytes, shown in larger units. */
        BYTES;

        private String inWords(long count) {
            return this == BYTES ? ByteSizes.inWords(count) : Long.toString(count);
        }
    }

    private final String task;
    private final Console console;
    private final Unit unit;
    private final long start;
    private long lastLine;
    private @Nullable Boolean terminal;
    private @Nullable ProgressBar bar;

    public TaskProgress(String task, Console console, Unit unit) {
        this.task = task;
        this.console = console;
        this.unit = unit;
        start = console.nanoTime().getAsLong();
        lastLine = start;
    }

    @Override
    public synchronized void advanced(long done, long total, String message) {
        long now = console.nanoTime().getAsLong();
        if (now - start < SILENCE.toNanos()) {
            return;
        }
        if (isTerminal()) {
            showBar(done, total, message, Duration.ofNanos(now - start));
        } else if (now - lastLine >= LINE_INTERVAL.toNanos()) {
            lastLine = now;
            showLine(done, total, message);
        }
    }

    private boolean isTerminal() {
        if (terminal == null) {
            terminal = console.errIsTerminal().getAsBoolean();
        }
        return terminal;
    }

    private void showBar(long done, long total, String message, Duration elapsed) {
        if (bar == null) {
            ProgressBarBuilder builder = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(console.err(), BAR_WIDTH))
                    .startsFrom(0, elapsed);
            bar = forUnit(builder).build();
        }
        bar.maxHint(total).stepTo(done).setExtraMessage(PrintableText.oneLine(message));
    }

    private ProgressBarBuilder forUnit(ProgressBarBuilder builder) {
        return switch (unit) {
            case BYTES -> builder.setUnit(" MB", BYTES_PER_MEGABYTE);
            case STEPS -> builder.hideEta();
            case PIECES -> builder;
        };
    }

    private void showLine(long done, long total, String message) {
        long percent = total > 0 ? 100 * done / total : 100;
        String extra = message.isEmpty() ? "" : ", " + message;
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %s of %s (%d%%)%s",
                        task,
                        unit.inWords(done),
                        unit.inWords(total),
                        percent,
                        extra));
    }

    /** Leaves the last state of a bar standing and ends its line. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
