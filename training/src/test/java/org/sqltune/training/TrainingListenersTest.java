package org.sqltune.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.progress.ProgressListener;

class TrainingListenersTest {
    static List<Method> events() {
        return List.of(TrainingListener.class.getDeclaredMethods()).stream()
                .filter(Method::isDefault)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOn(Method event) throws NoSuchMethodException {
        assertThat(TrainingListeners.class
                        .getMethod(event.getName(), event.getParameterTypes())
                        .getDeclaringClass())
                .isEqualTo(TrainingListeners.class);
    }

    @Test
    void everyListenerHearsOfTheProgress() {
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public ProgressListener scoring(String set, String when) {
                return (done, total, message) -> heard.add(set + " " + when + " " + done + "/" + total + message);
            }
        };
        TrainingListeners.of(listener, TrainingListener.NONE, listener)
                .scoring("test", "after")
                .advanced(1, 2, "!");
        assertThat(heard).containsExactly("test after 1/2!", "test after 1/2!");
    }
}
