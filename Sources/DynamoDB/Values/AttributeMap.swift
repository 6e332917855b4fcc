/// A dictionary by attribute name, in which names are told apart by their bytes; see ``ExactString``.
///
/// It is used as `[String: Value]` is: literals, subscripts and elements take and give a plain `String`.
public struct AttributeMap<Value> {
    @usableFromInline
    var storage: [ExactString: Value]

    @inlinable
    init(storage: [ExactString: Value]) {
        self.storage = storage
    }

    /// Makes an empty map.
    @inlinable
    public init() {
        storage = [:]
    }

    /// Makes an empty map with room for a number of values.
    @inlinable
    public init(minimumCapacity: Int) {
        storage = Dictionary(minimumCapacity: minimumCapacity)
    }

    /// Makes a map of names and values; `combine` gives the value of a name that comes twice.
    @inlinable
    public init(
        _ elements: some Sequence<(String, Value)>, uniquingKeysWith combine: (Value, Value) throws -> Value
    ) rethrows {
        storage = try Dictionary(elements.lazy.map { (ExactString($0), $1) }, uniquingKeysWith: combine)
    }

    /// Makes a map of names and values.
    ///
    /// - Precondition: no name comes twice.
    @inlinable
    public init(uniqueKeysWithValues elements: some Sequence<(String, Value)>) {
        storage = Dictionary(uniqueKeysWithValues: elements.lazy.map { (ExactString($0), $1) })
    }

    /// Makes a map of a dictionary's names and values.
    @inlinable
    public init(_ dictionary: [String: Value]) {
        self.init(uniqueKeysWithValues: dictionary.lazy.map { ($0, $1) })
    }

    /// The value of a name; nil without one. Setting nil removes it.
    @inlinable
    public subscript(name: String) -> Value? {
        get { storage[ExactString(name)] }
        _modify { yield &storage[ExactString(name)] }
    }

    /// The value of a name, or another where there is none.
    @inlinable
    public subscript(name: String, default fallback: @autoclosure () -> Value) -> Value {
        get { storage[ExactString(name), default: fallback()] }
        _modify { yield &storage[ExactString(name), default: fallback()] }
    }

    /// The values of a map.
    public typealias Values = Dictionary<ExactString, Value>.Values

    /// The values. They may be changed in place; the names stay.
    @inlinable
    public var values: Values {
        get { storage.values }
        _modify { yield &storage.values }
    }

    /// The names.
    @inlinable
    public var keys: Keys { Keys(names: storage.keys) }

    /// Where a name's value is; nil without one.
    @inlinable
    public func index(forKey name: String) -> Index? { storage.index(forKey: ExactString(name)) }

    /// Removes a value.
    ///
    /// - Returns: The value; nil if there was none.
    @discardableResult
    @inlinable
    public mutating func removeValue(forKey name: String) -> Value? { storage.removeValue(forKey: ExactString(name)) }

    /// Removes all values.
    @inlinable
    public mutating func removeAll(keepingCapacity: Bool = false) {
        storage.removeAll(keepingCapacity: keepingCapacity)
    }

    /// Makes room for a number of values.
    @inlinable
    public mutating func reserveCapacity(_ capacity: Int) { storage.reserveCapacity(capacity) }

    /// The map with every value changed.
    @inlinable
    public func mapValues<Result>(_ transform: (Value) throws -> Result) rethrows -> AttributeMap<Result> {
        AttributeMap<Result>(storage: try storage.mapValues(transform))
    }

    /// The map with every value changed, without those that become nil.
    @inlinable
    public func compactMapValues<Result>(_ transform: (Value) throws -> Result?) rethrows -> AttributeMap<Result> {
        AttributeMap<Result>(storage: try storage.compactMapValues(transform))
    }

    /// The names and values that meet a condition.
    @inlinable
    public func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> AttributeMap {
        AttributeMap(storage: try storage.filter { try isIncluded(($0.key.text, $0.value)) })
    }

    /// Adds another map; `combine` gives the value of a name that both have.
    @inlinable
    public mutating func merge(
        _ other: AttributeMap, uniquingKeysWith combine: (Value, Value) throws -> Value
    ) rethrows {
        try storage.merge(other.storage, uniquingKeysWith: combine)
    }

    /// Both maps in one; `combine` gives the value of a name that both have.
    @inlinable
    public func merging(
        _ other: AttributeMap, uniquingKeysWith combine: (Value, Value) throws -> Value
    ) rethrows -> AttributeMap {
        AttributeMap(storage: try storage.merging(other.storage, uniquingKeysWith: combine))
    }
}

extension AttributeMap: Sendable where Value: Sendable {}
extension AttributeMap: Equatable where Value: Equatable {}
extension AttributeMap: Hashable where Value: Hashable {}

extension AttributeMap: ExpressibleByDictionaryLiteral {
    /// Makes a map of names and values; of two values of one name the last stays.
    @inlinable
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements) { $1 }
    }
}

extension AttributeMap {
    /// The names and values in the order of the names' bytes.
    @inlinable
    public func sorted() -> [Element] {
        storage.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
    }
}

extension AttributeMap: CustomStringConvertible {
    /// The names and values, as those of a dictionary.
    public var description: String { storage.description }
}

extension AttributeMap: Collection {
    /// A name and its value.
    public typealias Element = (key: String, value: Value)
    /// Where a name and its value are.
    public typealias Index = Dictionary<ExactString, Value>.Index

    /// Where the first name and value are.
    @inlinable
    public var startIndex: Index { storage.startIndex }

    /// Behind the last name and value.
    @inlinable
    public var endIndex: Index { storage.endIndex }

    /// How many names and values there are.
    @inlinable
    public var count: Int { storage.count }

    /// Whether there are none.
    @inlinable
    public var isEmpty: Bool { storage.isEmpty }

    /// Where the next name and value are.
    @inlinable
    public func index(after index: Index) -> Index { storage.index(after: index) }

    /// The name and value at a place.
    @inlinable
    public subscript(index: Index) -> Element {
        let element = storage[index]
        return (element.key.text, element.value)
    }

    /// Goes through names and values.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(base: storage.makeIterator()) }

    /// Goes through names and values.
    public struct Iterator: IteratorProtocol {
        @usableFromInline
        var base: Dictionary<ExactString, Value>.Iterator

        @inlinable
        init(base: Dictionary<ExactString, Value>.Iterator) {
            self.base = base
        }

        /// The next name and value.
        @inlinable
        public mutating func next() -> Element? { base.next().map { ($0.key.text, $0.value) } }
    }

    /// The names of a map.
    public struct Keys: Collection {
        @usableFromInline
        let names: Dictionary<ExactString, Value>.Keys

        @inlinable
        init(names: Dictionary<ExactString, Value>.Keys) {
            self.names = names
        }

        /// Where the first name is.
        @inlinable
        public var startIndex: Index { names.startIndex }

        /// Behind the last name.
        @inlinable
        public var endIndex: Index { names.endIndex }

        /// How many names there are.
        @inlinable
        public var count: Int { names.count }

        /// Where the next name is.
        @inlinable
        public func index(after index: Index) -> Index { names.index(after: index) }

        /// The name at a place.
        @inlinable
        public subscript(index: Index) -> String { names[index].text }

        /// Whether the map has a value of the name.
        @inlinable
        public func contains(_ name: String) -> Bool { names.contains(ExactString(name)) }
    }
}
