package org.sqltune.core.config;

import java.util.List;
import org.sqltune.core.SqlTuneException;

/** A configuration that can't be run. Holds every fault found, not only the first. The command line exits with 2. */
public class ConfigException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** More than anybody mends in one go; a file that is none of ours has thousands. */
    private static final int MOST_SHOWN = 20;

    private final transient List<String> faults;

    /**
     * @param source the file or place the configuration came from
     * @param faults one line each: the key, its value, the remedy; not empty
     */
    public ConfigException(String source, List<String> faults) {
        super(message(source, faults));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, one line each; the message shows the first {@value #MOST_SHOWN}. */
    public List<String> faults() {
        return faults;
    }

    private static String message(String source, List<String> faults) {
        if (faults.size() == 1) {
            return source + ": " + faults.get(0);
        }
        String rest =
                faults.size() > MOST_SHOWN ? "\n  and " + (faults.size() - MOST_SHOWN) + " more: mend these first" : "";
        return source + ": " + faults.size() + " faults\n  "
                + String.join("\n  ", faults.subList(0, Math.min(MOST_SHOWN, faults.size()))) + rest;
    }
}
