/// What a file descriptor is ready for. Errors and hang-ups count as readable and writable, so that the
/// read or write that follows reports them.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt8

    static let read = Readiness(rawValue: 1)
    static let write = Readiness(rawValue: 2)
}

/// Something that owns a file descriptor and is told about it on the reactor's thread.
protocol ReactorSource: AnyObject, Sendable {
    /// The descriptor is ready. Level triggered: called again until the cause is gone.
    func socketReady(_ readiness: Readiness)
    /// The deadline set with `Reactor.setDeadline` has passed; it is cleared before the call.
    func deadlinePassed()
}
