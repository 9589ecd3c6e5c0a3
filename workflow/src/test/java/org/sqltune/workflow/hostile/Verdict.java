package org.sqltune.workflow.hostile;

import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;

/** What a reader made of a damaged file. */
record Verdict(Kind kind, String text) {
    /** How it ended. */
    enum Kind {
        /** It was read. */
        READ,
        /** One line said what is wrong with it. */
        REFUSED,
        /** Something else was thrown, or the line speaks of libraries or says no remedy. */
        BROKEN
    }

    /** Words that say something to those who know the library alone. */
    private static final Pattern INTERNALS = Pattern.compile(
            "(?i:jackson|fasterxml|snakeyaml|hadoop|\\bdjl\\b|pytorch_jni|torchscript|serde|untagged|StreamRead)"
                    + "|c10::|at::|java\\.\\w|panicked|Exception|Error:|\\bnull pointer|0x[0-9a-f]{6}|\\.rs:|\\.cpp:|enum "
                    + "|out of bounds|Cannot invoke|start marker|MISSING|ObjectNode|Optional\\[|@[0-9a-f]{5,}");

    /** What to do: a sentence or half of one behind the fault. */
    private static final Pattern REMEDY = Pattern.compile(
            "(?i)\\b(check|download|save|copy|use|set|write|give|choose|take|fetch|delete|update|report|merge|enlarge|"
                    + "keep|put|remove|lower|start|run|must|supported|needs?|did you mean|mend|omit|name|correct|shorten|"
                    + "unknown key|make|look|train)\\b");

    static final Verdict READ = new Verdict(Kind.READ, "");

    /** Judges what was thrown. */
    static Verdict of(Throwable thrown) {
        if (!(thrown instanceof SqlTuneException)) {
            StackTraceElement[] trace = thrown.getStackTrace();
            StringBuilder where = new StringBuilder();
            for (int i = 0; i < Math.min(6, trace.length); i++) {
                where.append(" < ")
                        .append(trace[i].getClassName().replaceAll(".*\\.", ""))
                        .append('.')
                        .append(trace[i].getMethodName())
                        .append(':')
                        .append(trace[i].getLineNumber());
            }
            return new Verdict(Kind.BROKEN, "thrown: " + thrown + where);
        }
        String message = String.valueOf(thrown.getMessage());
        String fault = thrown instanceof ConfigException ? listed(message) : oneLine(message);
        return fault.isEmpty() ? new Verdict(Kind.REFUSED, message) : new Verdict(Kind.BROKEN, fault + ": " + message);
    }

    private static String listed(String message) {
        if (message.lines().count() > 22) {
            return "more than twenty faults";
        }
        return message.lines()
                .map(Verdict::oneLine)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String oneLine(String message) {
        if (message.lines().count() != 1 || message.chars().anyMatch(c -> c < ' ')) {
            return "not one line";
        }
        if (message.length() > 2500) {
            return "too long";
        }
        if (INTERNALS.matcher(message).find()) {
            return "speaks of libraries";
        }
        boolean heading = message.matches(".*: \\d+ faults");
        return heading || REMEDY.matcher(message).find() ? "" : "says no remedy";
    }
}
