package org.sqltune.model.decoder;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.ProjectionUpdate;

/**
 * An adapter as the texts of a {@link KvPool} have it: what their linear layers add to the base's. A {@link PagedDecoder}
 * computes texts of several adapters side by side. Keys and values computed with one are of no use to another, so two are
 * the same only if they are the same object. Immutable; it owns no tensors.
 */
public final class TextAdapter {
    /** The base alone. */
    public static final TextAdapter NONE = new TextAdapter("", Map.of());

    private final String name;
    private final Map<Projection, ProjectionUpdate> updates;

    /**
     * @param name what errors call it
     * @param updates what is added to which linear layers; their weights stay as they are
     * @throws IllegalArgumentException if an update puts another weight in the linear layer's place: texts of other adapters
     *     need the weight itself
     */
    public TextAdapter(String name, Map<Projection, ProjectionUpdate> updates) {
        this.name = name;
        this.updates = Map.copyOf(updates);
        if (updates.values().stream().anyMatch(ProjectionUpdate.Residual.class::isInstance)) {
            throw new IllegalArgumentException("adapter " + name + " puts weights of its own in the base's place (PiSSA"
                    + " during training), so it can't be used beside others: save it and load it again");
        }
    }

    /** What is added to a linear layer; null for nothing. */
    @Nullable
    ProjectionUpdate update(Projection projection) {
        return updates.get(projection);
    }

    @Override
    public String toString() {
        return this == NONE ? "the base" : "adapter " + name;
    }
}
