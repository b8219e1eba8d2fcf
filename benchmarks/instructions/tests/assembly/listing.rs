//! What `objdump` prints, as ways through functions.

use std::path::Path;
use std::process::Command;

/// The functions of a program.
pub(crate) struct Listing(String);

impl Listing {
    pub(crate) fn of_program(program: &Path) -> Self {
        let printed = Command::new("objdump")
            .args(["--disassemble", "--demangle", "--no-show-raw-insn"])
            .arg(program)
            .output()
            .expect("objdump comes with the linker");
        assert!(printed.status.success(), "objdump reads the program");
        Self(String::from_utf8(printed.stdout).expect("it prints text"))
    }

    /// The function of a name.
    pub(crate) fn function(&self, name: &str) -> Function {
        let title = format!("<{name}>:");
        let mut lines = self.0.lines().skip_while(|line| !line.ends_with(&title));
        assert!(lines.next().is_some(), "{name} is in the program");
        let steps = lines.map_while(Step::read).collect();
        Function { steps }
    }
}

/// A function's instructions, in the order of their places.
#[derive(Debug)]
pub(crate) struct Function {
    steps: Vec<Step>,
}

/// One instruction.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    place: u64,
    name: String,
    operands: String,
}

/// A way through a function: the instructions from its beginning to a return.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) steps: Vec<Step>,
}

impl Way {
    pub(crate) fn count(&self, is: impl Fn(&Step) -> bool) -> usize {
        self.steps.iter().filter(|step| is(step)).count()
    }
}

impl Function {
    /// The ways that lead to a return, each loop taken once.
    pub(crate) fn ways(&self) -> Vec<Way> {
        let mut found = Vec::new();
        self.walk(0, &mut Vec::new(), &mut found);
        found
    }

    /// Those on which nothing is called, nor jumped to elsewhere.
    pub(crate) fn ways_without_call(&self) -> Vec<Way> {
        let mut ways = self.ways();
        ways.retain(|way| way.count(|step| step.name == "call") == 0);
        ways
    }

    fn walk(&self, at: usize, way: &mut Vec<Step>, found: &mut Vec<Way>) {
        let Some(step) = self.steps.get(at) else {
            return;
        };
        if way.contains(step) || step.name == "ud2" {
            return;
        }
        way.push(step.clone());
        if step.name == "ret" {
            found.push(Way { steps: way.clone() });
        }
        if let Some(target) = step.target().and_then(|place| self.index(place)) {
            self.walk(target, way, found);
        }
        if !matches!(&*step.name, "ret" | "jmp") {
            self.walk(at + 1, way, found);
        }
        way.pop();
    }

    fn index(&self, place: u64) -> Option<usize> {
        self.steps.iter().position(|step| step.place == place)
    }
}

impl Step {
    /// Reads a line such as `281adf: testb $0x3,%fs:0x30(%rax)`, with a tab behind the colon.
    fn read(line: &str) -> Option<Self> {
        let (place, rest) = line.trim_start().split_once(":\t")?;
        let (name, operands) = rest.split_once(' ').unwrap_or((rest, ""));
        let operands = operands.split('#').next().unwrap_or_default();
        Some(Self {
            place: u64::from_str_radix(place, 16).ok()?,
            name: name.trim().to_owned(),
            operands: operands.trim().to_owned(),
        })
    }

    /// Where it may jump to.
    fn target(&self) -> Option<u64> {
        let place = self.operands.split_whitespace().next()?;
        let jumps = self.name.starts_with('j');
        jumps.then(|| u64::from_str_radix(place, 16).ok())?
    }

    /// Whether it chooses between two ways.
    pub(crate) fn branches(&self) -> bool {
        self.name.starts_with('j') && self.name != "jmp"
    }

    /// Whether it reads what the thread has for itself.
    pub(crate) fn reads_thread(&self) -> bool {
        self.operands.contains("%fs:")
    }

    /// Whether it reads memory.
    pub(crate) fn loads(&self) -> bool {
        let is_address = matches!(&*self.name, "lea" | "nop" | "nopw" | "nopl");
        let is_jump = self.name.starts_with('j') || self.name == "call";
        let reads = self.operands.contains('(') || self.reads_thread();
        reads && !is_address && !is_jump && !self.stores()
    }

    /// Whether it writes memory, what the stack keeps for the function apart.
    pub(crate) fn stores(&self) -> bool {
        let compares = self.name.starts_with("cmp") || self.name.starts_with("test");
        let into_memory = self.operands.contains(',') && self.destination().contains('(');
        self.name == "lock" || (into_memory && !compares)
    }

    /// The last operand.
    fn destination(&self) -> &str {
        let operands = &*self.operands;
        // The commas inside of an address are no end of an operand.
        let address = operands.ends_with(')').then(|| operands.rfind('('));
        let before = &operands[..address.flatten().unwrap_or(operands.len())];
        before
            .rfind(',')
            .map_or(operands, |comma| &operands[comma + 1..])
    }
}

#[test]
fn steps_say_what_they_do() {
    for (line, loads, stores, branches) in [
        ("  1: mov    0x8(%rsp),%rax", true, false, false),
        ("  1: mov    %rax,0x8(%rsp)", false, true, false),
        ("  1: movzbl (%rax,%rcx,1),%eax", true, false, false),
        ("  1: mov    %al,(%rax,%rcx,1)", false, true, false),
        ("  1: testb  $0x3,%fs:0x30(%rax)", true, false, false),
        ("  1: cmpb   $0xff,(%rax)", true, false, false),
        ("  1: cmp    %al,%bl", false, false, false),
        ("  1: lea    (%rdi,%rdi,2),%eax", false, false, false),
        ("  1: push   %rbx", false, false, false),
        (
            "  1: mov    0x2d684f(%rip),%rax  # 552098 <x>",
            true,
            false,
            false,
        ),
        ("  1: lock incq (%rdi)", false, true, false),
        ("  1: je     281afd <f+0x2d>", false, false, true),
        ("  1: jmp    281afd <f+0x2d>", false, false, false),
    ] {
        let step = Step::read(&line.replace(": ", ":\t")).expect("a step");
        let said = (step.loads(), step.stores(), step.branches());
        assert_eq!(said, (loads, stores, branches), "{line}");
    }
}

#[test]
fn ways_branch_and_end() {
    let text = "0 <f>:\n  1:\ttest %edi,%edi\n  2:\tje     5 <f+0x4>\n  3:\tcall   9 <g>\n  4:\tret\n  5:\tret\n\n";
    let function = Listing(text.to_owned()).function("f");
    let lengths = |ways: Vec<Way>| ways.iter().map(|way| way.steps.len()).collect::<Vec<_>>();
    assert_eq!(lengths(function.ways()), [3, 4]);
    assert_eq!(lengths(function.ways_without_call()), [3]);
}
