/** Controls in the notebook's style: native elements, labelled, with a visible focus. */
export { Button, type ButtonProps } from './button';
export { Callout, type CalloutProps } from './callout';
export { Choice, type ChoiceProps } from './choice';
export { CopyButton } from './copy-button';
export { Disclosure, type DisclosureProps } from './disclosure';
export { Kbd } from './kbd';
export { Badge, LayerSwatch, LayerTag } from './layer-tag';
export { NumberField, type NumberFieldProps } from './number-field';
export { Panel, type PanelProps } from './panel';
export { PanelSwitch, type PanelSwitchProps } from './panel-switch';
export { Sign, type SignProps } from './sign';
export { Slider, type SliderProps } from './slider';
export { Tabs, type TabsProps } from './tabs';
export { TextField, type TextFieldProps } from './text-field';
export { Toggle, type ToggleProps } from './toggle';
export { VisuallyHidden } from './visually-hidden';
