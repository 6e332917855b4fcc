internal import Dispatch

/// Does some work now and then, as long as it lives.
final class Repeater: @unchecked Sendable {
    private let timer: any DispatchSourceTimer

    init(every interval: DispatchTimeInterval, label: String, _ work: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: label))
        timer.schedule(deadline: .now() + interval, repeating: interval, leeway: .seconds(1))
        timer.setEventHandler(handler: DispatchWorkItem(block: work))
        timer.resume()
    }

    deinit { timer.cancel() }
}
