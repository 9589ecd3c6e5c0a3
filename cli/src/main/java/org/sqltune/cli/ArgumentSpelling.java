package org.sqltune.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the ways of writing an argument that other tools know to the one that is declared: {@code --max_samples} is
 * {@code --max-samples}, and {@code --mode train} in front is the command {@code train}.
 */
final class ArgumentSpelling {
    private ArgumentSpelling() {}

    /** The same arguments as they are declared. Values, and everything after {@code --}, stay as they are. */
    static List<String> normalize(List<String> arguments) {
        List<String> result = new ArrayList<>();
        boolean options = true;
        for (String argument : arguments) {
            options = options && !argument.equals("--");
            result.add(options && argument.startsWith("--") ? hyphenated(argument) : argument);
        }
        modeInFront(result).ifPresent(mode -> result.add(0, mode));
        return result;
    }

    private static String hyphenated(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        return name.replace('_', '-') + option.substring(name.length());
    }

    /** The mode of arguments that name no command; {@code --mode} itself stays for the command to check. */
    private static Optional<String> modeInFront(List<String> arguments) {
        boolean optionFirst = !arguments.isEmpty() && arguments.get(0).startsWith("--");
        return optionFirst && arguments.stream().anyMatch(each -> each.equals("--mode") || each.startsWith("--mode="))
                ? Optional.of("train")
                : Optional.empty();
    }
}
