package org.sqltune.core.config;

import java.util.List;
import org.sqltune.core.SqlTuneException;

/** A configuration that can't be run. Holds every fault found, not only the first. The command line exits with 2. */
public class ConfigException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /**
     * @param source the file or place the configuration came from
     * @param faults one line each: the key, its value, the remedy; not empty
     */
    public ConfigException(String source, List<String> faults) {
        super(message(source, faults));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, one line each. */
    public List<String> faults() {
        return faults;
    }

    private static String message(String source, List<String> faults) {
        if (faults.size() == 1) {
            return source + ": " + faults.get(0);
        }
        return source + ": " + faults.size() + " faults\n  " + String.join("\n  ", faults);
    }
}
