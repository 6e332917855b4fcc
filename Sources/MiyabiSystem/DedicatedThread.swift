import Glibc

/// A thread of the system's own that runs one blocking body, away from Swift's small cooperative pool.
package enum DedicatedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    package static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(body))
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        // The system is out of threads: nothing that this program does next could work.
        precondition(failure == 0, "cannot make a thread: \(String(cString: strerror(failure)))")
        pthread_detach(thread)
    }
}
