public import Logging

extension Engine {
    /// Opens a data directory, and recovers what a crash left in its log.
    ///
    /// - Throws: ``EngineError``.
    public static func open(_ options: Options, logger: Logger) throws -> Engine {
        do {
            return Engine(try CoreHolder(options, logger: logger) { try $0.start() }, options, logger)
        } catch {
            throw EngineError(error, directory: options.directory)
        }
    }
}
