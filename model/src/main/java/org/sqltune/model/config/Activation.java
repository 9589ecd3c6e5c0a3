package org.sqltune.model.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The function inside an MLP. */
public enum Activation {
    /** {@code x · sigmoid(x)}. */
    SILU("silu", "silu", "swish"),
    /** The Gaussian error linear unit (Hendrycks and Gimpel, arXiv:1606.08415). */
    GELU("gelu", "gelu"),
    /** Its approximation by the hyperbolic tangent. */
    GELU_TANH("gelu_tanh", "gelu_pytorch_tanh", "gelu_new", "gelu_fast");

    private final String scriptName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that can't be changed
    private final List<String> names;

    Activation(String scriptName, String... names) {
        this.scriptName = scriptName;
        this.names = List.of(names);
    }

    /** Its name in the functions under {@code decoder/}. */
    public String scriptName() {
        return scriptName;
    }

    /** The function that config.json calls so. */
    static Optional<Activation> ofName(String name) {
        return Arrays.stream(values()).filter(each -> each.names.contains(name)).findFirst();
    }

    /** Every name that config.json may use. */
    static List<String> allNames() {
        return Arrays.stream(values()).flatMap(each -> each.names.stream()).toList();
    }
}
