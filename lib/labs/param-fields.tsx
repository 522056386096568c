import { useText } from '@/lib/text';
import {
  Choice,
  NumberField,
  Slider,
  TextField,
  Toggle,
  type ChoiceProps,
  type NumberFieldProps,
  type SliderProps,
  type TextFieldProps,
  type ToggleProps,
} from '@/lib/ui/controls';

/** One param of a lab, with what changes it; the props of a view or of its controls are that for each param. */
export type ParamOf<Name extends string, Value> = {
  params: Readonly<Record<Name, Value>>;
  setParams: (change: Record<Name, Value>) => void;
};

/**
 * A control that is bound to a param by its name: `<ParamSlider of={props} name="rttMs" unit="ms" … />`. Only a param
 * of the control's own type compiles. Words are at
 * `labels.<name>`, `labels.<name>Options.<id>` and `units.<unit>`. Where a change changes more than the one param, or the
 * value shown is not the param's, it is the plain control of lib/ui.
 */
type Bound<Name extends string, Value, Props> = Omit<Props, 'label' | 'value' | 'checked' | 'onChange'> & {
  of: ParamOf<NoInfer<Name>, NoInfer<Value>>;
  name: Name;
};

/** A number, to be dragged or typed. */
export function ParamSlider<Name extends string>(props: Bound<Name, number, SliderProps>) {
  return <Slider {...props} {...useParam(props)} />;
}

/** A number, to be typed. */
export function ParamNumber<Name extends string>(props: Bound<Name, number, NumberFieldProps>) {
  return <NumberField {...props} {...useParam(props)} />;
}

/** A line or a few lines of text; for a param that may be any text. */
export function ParamText<Name extends string>(props: Bound<Name, string, TextFieldProps>) {
  return <TextField {...props} {...useParam(props)} />;
}

/** On or off. */
export function ParamToggle<Name extends string>(props: Bound<Name, boolean, ToggleProps>) {
  const param = useParam(props);
  return <Toggle {...props} {...param} checked={param.value} />;
}

/** One of a few. All that the param may be must be among `options`, in the order shown. */
export function ParamChoice<Name extends string, Id extends string>(
  props: Bound<Name, Id, Omit<ChoiceProps<Id>, 'options'>> & { options: readonly Id[] },
) {
  const t = useText();
  const options = props.options.map((id) => ({ id, label: t(`labels.${props.name}Options.${id}`) }));
  return <Choice {...props} {...useParam(props)} options={options} />;
}

/** What a control needs to know of a param; the unit only where it has one. */
function useParam<Name extends string, Value>(props: {
  of: ParamOf<Name, Value>;
  name: Name;
  unit?: string | undefined;
}) {
  const { of, name, unit } = props;
  const t = useText();
  return {
    label: t(`labels.${name}`),
    value: of.params[name],
    unit: unit && t(`units.${unit}`),
    // A computed key is of any name to the compiler.
    onChange: (value: Value) => of.setParams({ [name]: value } as Record<Name, Value>),
  };
}
